package dev.meso.language.builtin.data;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.List;

/** {@code connectome(neurons: …, synapses: …)}. */
final class ConnectomeBuiltin {
    private static final String WEIGHT = "weight";

    static final Builtin BUILTIN = Builtin.named("connectome")
            .group("data")
            .about("A graph of neurons: a table of neurons, a table of the connections between them.")
            .detail(
                    "Every row of `synapses` is one connection. `neurons: 5` stands for the ids 0 to 4; without `neurons` they are"
                            + " those that the connections mention. Errors: an id that occurs twice, a connection to a neuron that is not"
                            + " there, ids that are not exact, no neurons at all.")
            .optional("neurons", Kind.ANY, "a table, the name of a file, a list of ids, or how many")
            .optional("synapses", Kind.ANY, "a table, the name of a file, or a list of pairs [[pre, post], …]")
            .optional("id", Kind.TEXT, "the column of the neurons that holds their ids; else `id` or `name`")
            .optional("pre", Kind.TEXT, "the column that holds the presynaptic neuron; else `pre`")
            .optional("post", Kind.TEXT, "the column that holds the postsynaptic neuron; else `post`")
            .optional("weight", Kind.TEXT, "the column that holds the weight; else each weighs 1")
            .optional("kind", Kind.TEXT, "the column that holds the kind of connection")
            .optional("position", Kind.LIST, "the columns of the neurons that hold x, y and z")
            .optional("unit", Kind.UNIT, "the unit of the positions")
            .optional("undirected", Kind.TEXT, "rows of this kind are connections in both directions")
            .returns(Kind.GRAPH, "the graph")
            .runs(ConnectomeBuiltin::run);

    private ConnectomeBuiltin() {}

    private static GraphValue run(Call call) {
        Connectome.Builder builder = Connectome.builder();
        List<Provenance> sources = new ArrayList<>();
        int neuronsAt = call.index("neurons");
        int synapsesAt = call.index("synapses");
        if (!call.given(neuronsAt) && !call.given(synapsesAt)) {
            throw call.bad(neuronsAt, "is needed where there are no `synapses`");
        }
        if (call.given(neuronsAt)) {
            neurons(call, neuronsAt, builder, sources);
        }
        if (call.given(synapsesAt)) {
            synapses(call, synapsesAt, builder, sources);
        }
        if (call.given("undirected")) {
            builder.undirected(call.text("undirected"));
        }
        try {
            return new GraphValue(builder.from(sources).build());
        } catch (MesoException e) {
            // The table that is wrong is the argument to point at.
            int at =
                    switch (e.code()) {
                        case DUPLICATE_ID, EMPTY_GRAPH -> neuronsAt;
                        case UNKNOWN_NEURON, INEXACT_ID, NOT_A_NUMBER -> synapsesAt;
                        case UNKNOWN_COLUMN -> e.getMessage().contains("neurons") ? neuronsAt : synapsesAt;
                        default -> -1;
                    };
            int shown = at >= 0 && call.given(at) ? at : -1;
            throw new ArgumentException(
                    e.code(), shown, e.getMessage(), e.notes().toArray(String[]::new));
        }
    }

    private static void neurons(Call call, int at, Connectome.Builder builder, List<Provenance> sources) {
        Object given = call.argument(at);
        if (given instanceof Long count) {
            Sources.at(call, at, () -> builder.neurons(count));
            return;
        }
        ListValue ids = given instanceof TableValue ? null : Call.asList(given);
        boolean isIds = ids != null && (ids.length() == 0 || Sources.record(ids.get(0)) == null);
        TableValue table = isIds
                ? Sources.at(call, at, () -> new TableValue(Table.of("id", idColumn(ids)), Provenance.LITERAL))
                : Sources.table(call, at);
        builder.neurons(table.table());
        sources.add(Sources.provenance(table));
        if (call.given("id")) {
            builder.id(column(call, "id", table.table()));
        }
        int positionAt = call.index("position");
        if (call.given(positionAt)) {
            List<String> columns = new ArrayList<>();
            for (Object name : call.list(positionAt).toArray()) {
                if (!(name instanceof String text)) {
                    throw call.wrong(positionAt, "a list of names of columns");
                }
                columns.add(text);
                Sources.at(call, positionAt, () -> table.table().numbers(text));
            }
            builder.position(columns, call.unit("unit", Unit.ONE));
        } else if (call.given("unit")) {
            throw call.bad("unit", "is that of `position`, which is not given");
        }
    }

    private static Column idColumn(ListValue ids) {
        return ids.length() == 0 ? LongColumn.of() : ColumnValue.of(ids).column();
    }

    private static void synapses(Call call, int at, Connectome.Builder builder, List<Provenance> sources) {
        Object given = call.argument(at);
        ListValue list = given instanceof TableValue ? null : Call.asList(given);
        boolean isPairs = list != null && (list.length() == 0 || Sources.record(list.get(0)) == null);
        if (isPairs) {
            Table pairs = pairs(call, at, list);
            builder.synapses(pairs);
            if (pairs.has(WEIGHT)) {
                builder.weight(WEIGHT);
            }
            sources.add(Provenance.LITERAL);
            return;
        }
        TableValue table = Sources.table(call, at);
        builder.synapses(table.table());
        sources.add(Sources.provenance(table));
        builder.ends(
                call.given("pre") ? column(call, "pre", table.table()) : "pre",
                call.given("post") ? column(call, "post", table.table()) : "post");
        if (call.given(WEIGHT)) {
            builder.weight(column(call, WEIGHT, table.table()));
        }
        if (call.given("kind")) {
            builder.kind(column(call, "kind", table.table()));
        }
    }

    /** The column that a parameter names; that it does not exist is a mistake of that argument. */
    private static String column(Call call, String parameter, Table table) {
        String name = call.text(parameter);
        Sources.at(call, call.index(parameter), () -> table.column(name));
        return name;
    }

    /** {@code [[pre, post], …]} or {@code [[pre, post, weight], …]}. */
    private static Table pairs(Call call, int at, ListValue list) {
        int width = 2;
        Object[][] columns = new Object[3][list.length()];
        for (int i = 0; i < list.length(); i++) {
            ListValue pair = Call.asList(list.get(i));
            int length = pair == null ? 0 : pair.length();
            width = i == 0 ? length : width;
            if (length != width || length < 2 || length > 3) {
                throw call.bad(
                        at,
                        "must be a list of pairs [pre, post], or of [pre, post, weight]; element " + i
                                + " is not like that");
            }
            for (int c = 0; c < length; c++) {
                columns[c][i] = pair.get(c);
            }
        }
        List<String> names = List.of("pre", "post", WEIGHT).subList(0, width);
        List<Column> made = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            ListValue values = ListValue.of(columns[c]);
            made.add(
                    list.length() == 0
                            ? LongColumn.of()
                            : Sources.at(call, at, () -> ColumnValue.of(values).column()));
        }
        return Table.of(names, made);
    }
}
