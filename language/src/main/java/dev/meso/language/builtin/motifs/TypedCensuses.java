package dev.meso.language.builtin.motifs;

import dev.meso.language.builtin.Call;
import dev.meso.language.builtin.partitions.PartitionBuiltins;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.motif.TypedCensus;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.util.Arrays;
import java.util.List;

/** {@code dyads(g, by: …)} and {@code triads(g, by: …)}: a row for each motif and each assignment of types to its roles. */
final class TypedCensuses {
    static final String BY =
            "types of neurons: the name of a column, a partition, labels, or a function from a neuron to its label";

    /** Half a million rows. */
    private static final int MOST_TYPES_OF_PAIRS = 512;

    private TypedCensuses() {}

    static Table dyads(Call call, Connectome graph) {
        Types types = Types.of(call, graph, MOST_TYPES_OF_PAIRS);
        TypedCensus census = TypedCensus.dyads(graph.wiring(), types.of, types.count);
        Rows rows = new Rows(2);
        for (int motif = 0; motif < 3; motif++) {
            for (int a = 0; a < types.count; a++) {
                for (int b = 0; b < types.count; b++) {
                    if (TypedCensus.counts(motif, a, b)) {
                        rows.add(Census.DYADS.get(motif), census.get(motif, a, b), a, b);
                    }
                }
            }
        }
        return rows.table(types);
    }

    static Table triads(Call call, Connectome graph) {
        Types types = Types.of(call, graph, TypedCensus.MOST_TYPES);
        TypedCensus census = TypedCensus.triads(
                graph.wiring(), types.of, types.count, call.context().parallel());
        Rows rows = new Rows(3);
        for (int motif = 0; motif < 16; motif++) {
            for (int a = 0; a < types.count; a++) {
                for (int b = 0; b < types.count; b++) {
                    for (int c = 0; c < types.count; c++) {
                        if (TypedCensus.counts(motif, a, b, c)) {
                            rows.add(Census.TRIADS.get(motif), census.get(motif, a, b, c), a, b, c);
                        }
                    }
                }
            }
        }
        return rows.table(types);
    }

    /** The type of each neuron by number; the last is that of neurons without one, where there are any. */
    private static final class Types {
        final int[] of;
        final int count;
        final Column labels;

        private Types(Partition p) {
            of = p.blocks().clone();
            for (int v = 0; v < of.length; v++) {
                of[v] = of[v] < 0 ? p.count() : of[v];
            }
            count = p.count() + (p.missing() > 0 ? 1 : 0);
            labels = Column.of(p.labels());
        }

        static Types of(Call call, Connectome graph, int most) {
            Partition p = PartitionBuiltins.blocks(call, call.index("by"), graph);
            if (p.count() > most) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "`" + call.builtin().name() + "` by type takes at most " + most + " types, and there are "
                                + p.count(),
                        "a motif with conditions counts some of them: motif m { a -> b; where a.type == \"x\" }");
            }
            return new Types(p);
        }

        /** The labels of these types, missing for the type of neurons without one. */
        Column column(int[] types) {
            int[] rows =
                    Arrays.stream(types).map(t -> t < labels.size() ? t : -1).toArray();
            return labels.selectOrMissing(rows);
        }
    }

    /** Rows of a census as they are found, one array a column. */
    private static final class Rows {
        private static final List<String> ROLES = List.of("a", "b", "c");

        private final int[][] types;
        private String[] motifs = new String[64];
        private long[] counts = new long[64];
        private int size;

        Rows(int roles) {
            types = new int[roles][64];
        }

        void add(String motif, long count, int... roles) {
            if (size == counts.length) {
                motifs = Arrays.copyOf(motifs, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
                for (int r = 0; r < types.length; r++) {
                    types[r] = Arrays.copyOf(types[r], 2 * size);
                }
            }
            motifs[size] = motif;
            counts[size] = count;
            for (int r = 0; r < roles.length; r++) {
                types[r][size] = roles[r];
            }
            size++;
        }

        Table table(Types of) {
            Table table = Table.of("motif", TextColumn.of(Arrays.copyOf(motifs, size)));
            for (int r = 0; r < types.length; r++) {
                table = table.with(ROLES.get(r), of.column(Arrays.copyOf(types[r], size)));
            }
            return table.with("count", LongColumn.of(Arrays.copyOf(counts, size)));
        }
    }
}
