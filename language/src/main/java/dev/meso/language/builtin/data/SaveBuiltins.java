package dev.meso.language.builtin.data;

import dev.meso.language.Version;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.pictures.Pictures;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.FittedModelValue;
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
import dev.meso.runtime.mesoscale.FitFile;
import dev.meso.runtime.provenance.InputFile;
import dev.meso.runtime.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code save(…)} and {@code load(…)}. */
final class SaveBuiltins {
    static final Builtin SAVE = Builtin.named("save")
            .group("data")
            .about("Writes a value to a file; the ending picks the format. Returns none.")
            .detail(
                    "Tables, columns and lists of records: csv, tsv, json, ndjson, parquet. Graphs: graphml and json with"
                            + " everything, the others the table of connections. Text formats also with .gz. What can be plotted: svg and png; anything"
                            + " as a page: html. Fitted models: fit, which `load` reads back. Numbers keep full precision."
                            + " The file appears only when it is complete.")
            .parameter(
                    "x",
                    Kind.ANY,
                    "a table, column, list of records, recording, partition, graph, fitted model or picture")
            .parameter("file", Kind.TEXT, "its name, relative to the working folder")
            .returns(Kind.NONE, "nothing")
            .runs(SaveBuiltins::save);

    static final Builtin LOAD = Builtin.named("load")
            .group("data")
            .about("Reads back a fitted model that was saved.")
            .detail(
                    "Forecasts and simulations have the same bits as those of the model that was saved. The file holds the names of its neurons and"
                            + " their fields, not the connectome: with `of` its partitions are over the neurons of that graph, else over the recorded ones.")
            .parameter("file", Kind.TEXT, "the name of a .fit file")
            .optional("of", Kind.GRAPH, "the structure it was fitted on")
            .returns(Kind.ANY, "the fitted model")
            .runs(SaveBuiltins::load);

    private SaveBuiltins() {}

    private static Object save(Call call) {
        String name = call.text(1);
        String ending = name.toLowerCase(Locale.ROOT).substring(name.lastIndexOf('.') + 1);
        switch (ending) {
            case "svg", "png" -> Pictures.save(call, 1, Pictures.of(call, 0), name);
            case "html" -> Pictures.page(call, 1, name, "", List.of(call.argument(0)));
            case "fit" -> fit(call, name);
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

    private static void fit(Call call, String name) {
        FittedModelValue value = call.value(0, FittedModelValue.class, "a fitted model");
        Table choices = value.choices() == null ? null : value.choices().table();
        FitFile.Content content = new FitFile.Content(value.fit(), value.warnings(), choices, value.provenance());
        Sources.at(call, 1, () -> {
            FitFile.write(
                    content,
                    "Meso " + Version.text(),
                    name,
                    call.context().files(),
                    call.context().monitor());
            return null;
        });
    }

    private static Object load(Call call) {
        String name = call.text(0);
        FitFile.Loaded loaded = Sources.at(
                call,
                0,
                () -> FitFile.read(
                        call.context().files().find(name), call.context().monitor()));
        FitFile.Content content = loaded.content();
        GraphValue graph = call.given("of") ? call.value("of", GraphValue.class, "a graph") : null;
        List<String> names = content.model().names();
        if (graph != null && names.stream().noneMatch(n -> graph.connectome().neuron(n) >= 0)) {
            throw call.bad(
                    "of",
                    "has none of the " + names.size() + " neurons of the fitted model, such as '" + names.getFirst()
                            + "'");
        }
        return new FittedModelValue(
                content.model(),
                graph == null ? null : graph.connectome(),
                content.warnings(),
                content.choices() == null ? null : new TableValue(content.choices()),
                content.provenance().then("load", facts(loaded.file())));
    }

    private static Map<String, Object> facts(InputFile file) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file.name());
        facts.put("bytes", file.bytes());
        facts.put("sha256", file.sha256());
        return facts;
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
                "tables, columns, lists of records, recordings, partitions and graphs can be saved; a fitted model as a .fit file");
    }
}
