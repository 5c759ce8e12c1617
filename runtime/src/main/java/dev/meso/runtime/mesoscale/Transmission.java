package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.recording.Events;
import dev.meso.runtime.task.Parallel;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Transmission-response graphs: which connections may have carried something when. Time is cut into bins. The connection from a to
 * b is in the graph of a bin where a was active in the bin at some time t and b at a time in (t, t + window] of the same recording;
 * b may be active in a later bin. Dean 2017, section 4.2, after Reimann et al. 2017, Front Comput Neurosci 11:48, with bins of
 * 5 ms and a window of 7.5 ms.
 *
 * <p>Nothing is kept for each bin and connection: a graph is made when asked for. Ends of bins and of windows hold to a millionth,
 * because sums of steps are rounded. Memory: 24 bytes an event.
 */
public final class Transmission {
    /** The most bins of a series. */
    public static final long MOST_BINS = 100_000_000;

    private static final double ROUNDING = 1e-6;
    private static final int NEURONS_A_PIECE = 256;

    private final Wiring wiring;
    private final Events events;
    private final double bin;
    private final double window;
    /** Of each recording its first bin; then the number of bins. */
    private final int[] firstBin;
    /** Of each event. */
    private final int[] binOf;
    /** Events by bin, those of one bin by neuron, then by time. */
    private final int[] binStart;

    private final int[] inBin;
    private final int[] neuronOf;

    /**
     * @param events of the neurons of the wiring
     * @param bin in seconds
     * @param window in seconds
     * @throws MesoException WRONG_VALUE where a length is not positive, TOO_LARGE for more than {@link #MOST_BINS} bins
     */
    public Transmission(Wiring wiring, Events events, double bin, double window) {
        if (events.neurons() != wiring.n()) {
            throw new IllegalArgumentException(events.neurons() + " neurons instead of " + wiring.n());
        }
        require(bin > 0 && bin < Double.POSITIVE_INFINITY, "a bin needs a length above 0, not " + bin + " s");
        require(
                window > 0 && window < Double.POSITIVE_INFINITY,
                "the window needs a length above 0, not " + window + " s");
        this.wiring = wiring;
        this.events = events;
        this.bin = bin;
        this.window = window * (1 + ROUNDING);
        firstBin = new int[events.first().length + 1];
        for (int r = 0; r + 1 < firstBin.length; r++) {
            double bins = 1 + Math.floor((events.last()[r] - events.first()[r]) / bin + ROUNDING);
            if (firstBin[r] + bins > MOST_BINS) {
                throw new MesoException(
                        ErrorCode.TOO_LARGE,
                        "bins of " + bin + " s cut the recording into more than " + MOST_BINS + " pieces",
                        "take longer bins");
            }
            firstBin[r + 1] = firstBin[r] + (int) bins;
        }
        binOf = new int[events.count()];
        binStart = new int[bins() + 1];
        for (int k = 0; k < binOf.length; k++) {
            int r = events.recording()[k];
            binOf[k] = firstBin[r] + (int) Math.floor((events.time()[k] - events.first()[r]) / bin + ROUNDING);
            binStart[binOf[k] + 1]++;
        }
        for (int b = 0; b < bins(); b++) {
            binStart[b + 1] += binStart[b];
        }
        inBin = new int[binOf.length];
        neuronOf = new int[binOf.length];
        int[] next = binStart.clone();
        for (int v = 0; v < wiring.n(); v++) {
            for (int k = events.start()[v]; k < events.start()[v + 1]; k++) {
                inBin[next[binOf[k]]++] = k;
                neuronOf[k] = v;
            }
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new MesoException(ErrorCode.WRONG_VALUE, message);
        }
    }

    /** Number of bins of all recordings together. */
    public int bins() {
        return firstBin[firstBin.length - 1];
    }

    /** How long a bin is, in seconds. */
    public double bin() {
        return bin;
    }

    /** The recording of a bin, from 0. */
    public int recording(int b) {
        int place = Arrays.binarySearch(firstBin, b);
        // Every recording has a bin, also one without frames, so no two begin with the same.
        return place < 0 ? -place - 2 : place;
    }

    /** When a bin begins, in seconds on the clock of its recording. */
    public double time(int b) {
        int r = recording(b);
        return events.first()[r] + (b - firstBin[r]) * bin;
    }

    /** The neurons active in a bin, ascending. */
    public int[] neurons(int b) {
        IntArrayList neurons = new IntArrayList();
        for (int i = binStart[b]; i < binStart[b + 1]; i++) {
            int v = neuronOf[inBin[i]];
            if (i == binStart[b] || v != neurons.getInt(neurons.size() - 1)) {
                neurons.add(v);
            }
        }
        return neurons.toIntArray();
    }

    /**
     * The connections of the wiring in the graph of a bin, ascending. Cost: events of the bin x their neurons' out-degree x log of a
     * neuron's events.
     */
    public int[] connections(int b) {
        IntArrayList active = new IntArrayList();
        for (int i = binStart[b], end; i < binStart[b + 1]; i = end) {
            int v = neuronOf[inBin[i]];
            end = i + 1;
            while (end < binStart[b + 1] && neuronOf[inBin[end]] == v) {
                end++;
            }
            for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                boolean answered = false;
                for (int j = i; j < end && !answered; j++) {
                    answered = answered(inBin[j], wiring.outTargets()[e]);
                }
                if (answered) {
                    active.add(e);
                }
            }
        }
        return active.toIntArray();
    }

    /** Whether {@code target} is active within the window after event {@code k}. */
    private boolean answered(int k, int target) {
        int after = after(k, events.start()[target], events.start()[target + 1]);
        return follows(k, after, events.start()[target + 1]);
    }

    /** Of the events {@code low} to before {@code high} of a neuron, the first later than event {@code k}. */
    private int after(int k, int low, int high) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (later(middle, k)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private boolean later(int candidate, int k) {
        int r = events.recording()[candidate] - events.recording()[k];
        return r > 0 || r == 0 && events.time()[candidate] > events.time()[k];
    }

    private boolean follows(int k, int candidate, int end) {
        return candidate < end
                && events.recording()[candidate] == events.recording()[k]
                && events.time()[candidate] - events.time()[k] <= window;
    }

    /**
     * How often something was carried.
     *
     * @param connections how many are in the graph of each bin
     * @param bins in how many each connection of the wiring is
     */
    public record Tally(int[] connections, int[] bins) {}

    /**
     * All graphs at once, by connection: walks along the events of both ends, which is quicker than making the graphs. Cost: the sum
     * over connections of the events of both ends, in parallel over neurons.
     */
    public Tally tally(Parallel parallel) {
        int[] bins = new int[wiring.m()];
        // Whole numbers: the order in which threads add does not matter.
        AtomicIntegerArray connections = new AtomicIntegerArray(bins());
        int pieces = (wiring.n() + NEURONS_A_PIECE - 1) / NEURONS_A_PIECE;
        parallel.forEach(pieces, "transmission", (piece, monitor) -> {
            int end = Math.min(wiring.n(), (piece + 1) * NEURONS_A_PIECE);
            for (int v = piece * NEURONS_A_PIECE; v < end; v++) {
                monitor.checkpoint();
                for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                    bins[e] = tally(v, wiring.outTargets()[e], connections);
                }
            }
        });
        int[] counts = new int[bins()];
        Arrays.setAll(counts, connections::get);
        return new Tally(counts, bins);
    }

    /** The bins of one connection. */
    private int tally(int pre, int post, AtomicIntegerArray connections) {
        int count = 0;
        int counted = -1;
        int end = events.start()[post + 1];
        int after = events.start()[post];
        for (int k = events.start()[pre]; k < events.start()[pre + 1] && after < end; k++) {
            while (after < end && !later(after, k)) {
                after++;
            }
            if (binOf[k] != counted && follows(k, after, end)) {
                counted = binOf[k];
                connections.incrementAndGet(counted);
                count++;
            }
        }
        return count;
    }
}
