package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import java.util.Arrays;

/** A connectome. Its members are declared by {@link GraphMembers}. */
public final class GraphValue extends MesoValue {
    private final Connectome connectome;

    public GraphValue(Connectome connectome) {
        this.connectome = connectome;
    }

    public Connectome connectome() {
        return connectome;
    }

    @Override
    public Provenance provenance() {
        return connectome.provenance();
    }

    @Override
    public Members members() {
        return GraphMembers.MEMBERS;
    }

    @Override
    public String kind() {
        return "graph";
    }

    @Override
    @TruffleBoundary
    public String text() {
        int n = connectome.n();
        int m = connectome.m();
        return "graph of " + n + (n == 1 ? " neuron and " : " neurons and ") + m
                + (m == 1 ? " connection" : " connections");
    }

    /** Whether the same neurons, by id and in the same order, are joined by the same edges with the same weights. */
    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        return other instanceof GraphValue g
                && (connectome == g.connectome
                        || same(connectome.ids(), g.connectome.ids())
                                && Arrays.equals(connectome.pre(), g.connectome.pre())
                                && Arrays.equals(connectome.post(), g.connectome.post())
                                && same(connectome.weights(), g.connectome.weights()));
    }

    private static boolean same(Column a, Column b) {
        return new ColumnValue(a).equals(new ColumnValue(b));
    }

    @Override
    @TruffleBoundary
    public int hashCode() {
        return 31 * Arrays.hashCode(connectome.pre()) + Arrays.hashCode(connectome.post());
    }
}
