package dev.meso.runtime.motif;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.List;

/**
 * The 2-cell and 3-cell motifs of a graph, each pair or triple of neurons counted once under the motif that the
 * connections among it form. Autapses are ignored.
 *
 * <p>Triads carry the M-A-N codes of Holland and Leinhardt, "A method for detecting structure in sociometric data"
 * (American Journal of Sociology 76, 1970): the numbers of mutual, asymmetric and null dyads, and a letter where that
 * does not decide. 021D is {@code a<-b->c}, 021U {@code a->b<-c}, 021C {@code a->b->c}, 111D {@code a<->b<-c}, 111U
 * {@code a<->b->c}, 120D {@code a<-b->c, a<->c}, 120U {@code a->b<-c, a<->c}, 120C {@code a->b->c, a<->c}.
 *
 * <p>Counts are exact 64-bit integers. The number of triples itself exceeds them above {@value #MOST_NEURONS} neurons;
 * such graphs are refused.
 */
public final class Census {
    /** The dyads, in the order of {@link #dyads}: not connected, one way, both ways. */
    public static final List<String> DYADS = List.of("null", "uni", "bi");

    /** The triads, in the order of {@link #triads}. */
    public static final List<String> TRIADS = List.of(
            "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C",
            "210", "300");

    /** The largest n with n (n-1) (n-2) / 6 below 2^63. */
    public static final int MOST_NEURONS = 3_810_779;

    private Census() {}

    /**
     * Numbers of pairs that are not connected, connected one way, and both ways, as in {@link #DYADS}. Cost: linear in n
     * + m.
     */
    public static long[] dyads(Wiring graph) {
        return TriadKernel.of(graph, Parallel.serial()).dyads();
    }

    /** {@link #triads(Wiring, Parallel)} on the caller's thread. */
    public static long[] triads(Wiring graph) {
        return triads(graph, Parallel.serial());
    }

    /**
     * Numbers of triples by motif, as in {@link #TRIADS}. Cost: that of listing the triangles of the undirected graph,
     * at most proportional to m^1.5, and 8 bytes a connection. Does not depend on the number of threads.
     *
     * @throws MesoException INTEGER_OVERFLOW above {@link #MOST_NEURONS} neurons
     */
    public static long[] triads(Wiring graph, Parallel parallel) {
        verifySize(graph.n());
        return TriadKernel.of(graph, parallel).triads(parallel);
    }

    static void verifySize(int n) {
        if (n > MOST_NEURONS) {
            throw new MesoException(
                    ErrorCode.INTEGER_OVERFLOW,
                    "the triples of " + n + " neurons are more than a 64-bit integer can count",
                    "take the census of at most " + MOST_NEURONS + " neurons, for example g.where(…)");
        }
    }
}
