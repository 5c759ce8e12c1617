package dev.meso.language.builtin.data;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.pictures.Pictures;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.io.GraphWriter;
import dev.meso.runtime.io.Storage;
import dev.meso.runtime.io.TableWriter;
import dev.meso.runtime.table.Table;
import java.util.List;
import java.util.Locale;

/** {@code save(…)} and {@code load(…)}. */
final class SaveBuiltins {
    static final Builtin SAVE = Builtin.named("save")
            .group("data")
            .about("Writes a value to a file; the ending picks the format. Returns none.")
            .detail(
                    "Tables, columns and lists of records: csv, tsv, json, ndjson, parquet. Graphs: graphml and json with"
                            + " everything, the others the table of connections. Text formats also with .gz. What can be plotted: svg and png; anything"
                            + " as a page: html. Numbers keep full precision."
                            + " The file appears only when it is complete.")
            .parameter("x", Kind.ANY, "a table, column, list of records, recording, partition, graph or picture")
            .parameter("file", Kind.TEXT, "its name, relative to the working folder")
            .returns(Kind.NONE, "nothing")
            .runs(SaveBuiltins::save);

    static final Builtin LOAD = Builtin.named("load")
            .group("data")
            .about("Reads back a fitted model that was saved.")
            .parameter("file", Kind.TEXT, "the name of a .fit file")
            .returns(Kind.ANY, "the model")
            .runs(call -> {
                throw new MesoException(
                        ErrorCode.NOT_YET,
                        "fitted models cannot be loaded in this version",
                        "tables are read with table(\"" + call.text(0) + "\")");
            });

    private SaveBuiltins() {}

    private static Object save(Call call) {
        String name = call.text(1);
        String ending = name.toLowerCase(Locale.ROOT).substring(name.lastIndexOf('.') + 1);
        switch (ending) {
            case "svg", "png" -> Pictures.save(call, 1, Pictures.of(call, 0), name);
            case "html" -> Pictures.page(call, 1, name, "", List.of(call.argument(0)));
            case "fit" ->
                throw new MesoException(ErrorCode.NOT_YET, "saving ." + ending + " files comes in a later version");
            default -> write(call, name, call.context().files());
        }
        return NoneValue.NONE;
    }

    private static void write(Call call, String name, Storage storage) {
        Object x = call.argument(0);
        if (x instanceof GraphValue graph) {
            Sources.at(call, 1, () -> {
                GraphWriter.write(
                        graph.connectome(), name, storage, call.context().monitor());
                return null;
            });
            return;
        }
        Table table = tableOf(call, x);
        Sources.at(call, 1, () -> {
            TableWriter.write(table, name, storage, call.context().monitor());
            return null;
        });
    }

    private static Table tableOf(Call call, Object x) {
        if (x instanceof ColumnValue column) {
            return Table.of("value", column.column());
        }
        if (x instanceof RecordingValue recording) {
            return recording.table();
        }
        if (x instanceof PartitionValue partition) {
            return partition.table();
        }
        if (x instanceof TableValue || x instanceof RecordValue || x instanceof ListValue) {
            return Sources.table(call, 0).table();
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "cannot save " + Values.describe(x),
                "tables, columns, lists of records, recordings, partitions and graphs can be saved");
    }
}
