package dev.meso.runtime.space;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which neurons lie in the sphere of which location, both ways: those of location m are {@code members[start[m]] ..
 * members[start[m + 1] - 1]}, the locations of neuron v are {@code fields[fieldStart[v]] .. fields[fieldStart[v + 1] - 1]}; all ascending. Locations
 * without a neuron are left out. Immutable; the arrays must not be written to.
 */
public final class ReceptiveFields {
    private static final int PIECE = 64;

    private final LocationGrid grid;
    private final int n;
    private final int[] start;
    private final int[] members;
    private final int[] fieldStart;
    private final int[] fields;
    private final boolean everywhere;

    private ReceptiveFields(LocationGrid grid, int n, int[] start, int[] members, boolean everywhere) {
        this.grid = grid;
        this.n = n;
        this.start = start;
        this.members = members;
        this.everywhere = everywhere;
        this.fieldStart = new int[n + 1];
        for (int v : members) {
            fieldStart[v + 1]++;
        }
        for (int v = 0; v < n; v++) {
            fieldStart[v + 1] += fieldStart[v];
        }
        int[] cursor = Arrays.copyOf(fieldStart, n);
        this.fields = new int[members.length];
        for (int m = 0; m < start.length - 1; m++) {
            for (int i = start[m]; i < start[m + 1]; i++) {
                fields[cursor[members[i]]++] = m;
            }
        }
    }

    /**
     * The neurons at most half a diameter from each centre. Cost: one range query of the tree a location, in parallel.
     *
     * @throws MesoException WRONG_VALUE where the diameter is below the distance at which half of the neurons have their
     *     nearest neighbour: such domains are single neurons
     */
    public static ReceptiveFields of(Positions positions, LocationGrid grid, Parallel parallel) {
        KdTree tree = KdTree.of(positions, parallel);
        double[] nearest = tree.nearestDistances(parallel);
        if (nearest.length > 0 && grid.diameter() < nearest[nearest.length / 2]) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "a domain of diameter " + positions.write(grid.diameter())
                            + " is smaller than the distance of a neuron to its nearest neighbour, "
                            + positions.write(nearest[nearest.length / 2]) + " (median)",
                    "most domains would hold a single neuron or none: take a larger diameter, or check the unit");
        }
        int[][] found = new int[grid.size()][];
        parallel.forEach((grid.size() + PIECE - 1) / PIECE, null, (piece, monitor) -> {
            for (int m = piece * PIECE; m < Math.min(found.length, (piece + 1) * PIECE); m++) {
                monitor.checkpoint();
                found[m] = tree.within(grid.x()[m], grid.y()[m], grid.z()[m], grid.diameter() / 2);
            }
        });
        int[] kept = new int[found.length];
        int locations = 0;
        int total = 0;
        for (int m = 0; m < found.length; m++) {
            if (found[m].length > 0) {
                kept[locations++] = m;
                total = Math.addExact(total, found[m].length);
            }
        }
        kept = Arrays.copyOf(kept, locations);
        int[] start = new int[locations + 1];
        int[] members = new int[total];
        for (int i = 0; i < locations; i++) {
            int[] row = found[kept[i]];
            System.arraycopy(row, 0, members, start[i], row.length);
            start[i + 1] = start[i] + row.length;
        }
        return new ReceptiveFields(grid.only(kept), positions.n(), start, members, false);
    }

    /**
     * Fields that are known already, such as those in a file.
     *
     * @param grid of the locations but the global one
     * @param start where the members of each location begin, and the number of members
     * @param members ascending in each location
     * @param everywhere whether the last location is a global one
     */
    public static ReceptiveFields of(LocationGrid grid, int n, int[] start, int[] members, boolean everywhere) {
        if (start.length != grid.size() + (everywhere ? 2 : 1) || start[start.length - 1] != members.length) {
            throw new IllegalArgumentException("fields that are not those of their grid");
        }
        return new ReceptiveFields(grid, n, start.clone(), members.clone(), everywhere);
    }

    /**
     * One more location, the last, that holds these neurons wherever they lie: for columns of a recording that have no
     * position.
     *
     * @param neurons ascending
     */
    public ReceptiveFields everywhere(int... neurons) {
        if (everywhere) {
            throw new IllegalStateException("there is a global location already");
        }
        int[] wider = Arrays.copyOf(members, members.length + neurons.length);
        System.arraycopy(neurons, 0, wider, members.length, neurons.length);
        int[] starts = Arrays.copyOf(start, start.length + 1);
        starts[start.length] = wider.length;
        return new ReceptiveFields(grid, n, starts, wider, true);
    }

    /** The centres that hold a neuron, in the order of the locations; the global location has none. */
    public LocationGrid grid() {
        return grid;
    }

    /** Whether the last location is a global one. */
    public boolean hasGlobal() {
        return everywhere;
    }

    /** Number of locations, with the global one. */
    public int locations() {
        return start.length - 1;
    }

    /** Number of neurons. */
    public int n() {
        return n;
    }

    public int[] start() {
        return start;
    }

    public int[] members() {
        return members;
    }

    public int[] fieldStart() {
        return fieldStart;
    }

    public int[] fields() {
        return fields;
    }

    /** Number of neurons of a location. */
    public int size(int location) {
        return start[location + 1] - start[location];
    }

    /** A copy of the neurons of a location. */
    public int[] neurons(int location) {
        return Arrays.copyOfRange(members, start[location], start[location + 1]);
    }

    /** Number of locations whose sphere holds neuron {@code v}. */
    public int depth(int v) {
        return fieldStart[v + 1] - fieldStart[v];
    }

    /**
     * The maximal subgraph enclosed by a location: all its neurons, in the order of {@link #neurons}, and all connections between
     * them. Cost: the out-degrees of its neurons.
     */
    public Wiring enclosed(Wiring wiring, int location) {
        if (wiring.n() != n) {
            throw new IllegalArgumentException("fields of " + n + " neurons, wiring of " + wiring.n());
        }
        int from = start[location];
        int to = start[location + 1];
        int bound = 0;
        for (int i = from; i < to; i++) {
            bound += wiring.outDegree(members[i]);
        }
        int[] pre = new int[bound];
        int[] post = new int[bound];
        int m = 0;
        for (int i = from; i < to; i++) {
            int v = members[i];
            for (int e = wiring.outStart()[v]; e < wiring.outStart()[v + 1]; e++) {
                int j = Arrays.binarySearch(members, from, to, wiring.outTargets()[e]);
                if (j >= 0) {
                    pre[m] = i - from;
                    post[m++] = j - from;
                }
            }
        }
        return Wiring.of(to - from, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), true);
    }

    /**
     * How well the fields cover the neurons.
     *
     * @param neurons number of neurons in exactly 0, 1, 2, … fields
     * @param smallest number of neurons of the smallest field
     * @param median of the sizes
     * @param largest number of neurons of the largest field
     */
    public record Coverage(int[] neurons, int smallest, int median, int largest) {
        /** Neurons in no field. */
        public int outside() {
            return neurons[0];
        }

        /** Says that neurons lie outside every field, where some do. */
        public Optional<String> warning() {
            if (outside() == 0) {
                return Optional.empty();
            }
            int all = Arrays.stream(neurons).sum();
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%d of %d neurons (%.1f %%) %s in no receptive field and %s not modelled; use a larger diameter or a smaller stride",
                    outside(),
                    all,
                    100.0 * outside() / all,
                    outside() == 1 ? "lies" : "lie",
                    outside() == 1 ? "is" : "are"));
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < neurons.length; k++) {
                if (neurons[k] > 0) {
                    text.append(text.isEmpty() ? "" : ", ")
                            .append(neurons[k])
                            .append(" in ")
                            .append(k);
                }
            }
            return "neurons in so many fields: " + text + "; neurons a field: " + smallest + " to " + largest
                    + ", median " + median;
        }
    }

    public Coverage coverage() {
        int deepest = 0;
        for (int v = 0; v < n; v++) {
            deepest = Math.max(deepest, depth(v));
        }
        int[] neurons = new int[deepest + 1];
        for (int v = 0; v < n; v++) {
            neurons[depth(v)]++;
        }
        int[] sizes = new int[locations()];
        Arrays.setAll(sizes, this::size);
        Arrays.sort(sizes);
        int k = sizes.length;
        return new Coverage(neurons, k == 0 ? 0 : sizes[0], k == 0 ? 0 : sizes[k / 2], k == 0 ? 0 : sizes[k - 1]);
    }
}
