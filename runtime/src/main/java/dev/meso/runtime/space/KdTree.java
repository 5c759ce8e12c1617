package dev.meso.runtime.space;

import dev.meso.runtime.task.Parallel;
import java.util.Arrays;

/**
 * Points in space, found by place (Bentley 1975, Commun ACM 18:509). The tree is one permutation of the points: the median of a
 * range stands in its middle and splits it along the widest side of the range's box, so there are no objects and no
 * pointers. Points without a place are left out. Immutable.
 *
 * <p>Memory: 29 bytes a point. Build: n log n, the lower levels in parallel. A query for the points in a sphere costs about
 * n^(2/3) plus the number found; one for the nearest neighbour log n.
 */
public final class KdTree {
    /** Ranges of this many points are searched one by one: below it the tree costs more than the distances. */
    private static final int LEAF = 8;

    /** Ranges below this size are not worth a piece of their own in a parallel build. */
    private static final int PIECE = 4096;

    private final int[] point;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final byte[] axis;

    private KdTree(int[] point, double[] x, double[] y, double[] z) {
        this.point = point;
        this.x = x;
        this.y = y;
        this.z = z;
        this.axis = new byte[point.length];
    }

    /** The tree of all neurons that have a place. */
    public static KdTree of(Positions positions, Parallel parallel) {
        int n = 0;
        int[] point = new int[positions.n()];
        for (int v = 0; v < positions.n(); v++) {
            if (positions.has(v)) {
                point[n++] = v;
            }
        }
        point = Arrays.copyOf(point, n);
        double[][] placed = new double[3][n];
        for (int a = 0; a < 3; a++) {
            double[] from = positions.along(a);
            for (int i = 0; i < n; i++) {
                placed[a][i] = from[point[i]];
            }
        }
        KdTree tree = new KdTree(point, placed[0], placed[1], placed[2]);
        tree.build(parallel);
        return tree;
    }

    /** Number of points in the tree. */
    public int size() {
        return point.length;
    }

    private void build(Parallel parallel) {
        // Split from the top until there are enough ranges for all threads, then build these apart from each other.
        // Every
        // range comes out the same whoever splits it.
        int[] from = {0};
        int[] to = {point.length};
        int wanted = parallel.threads() == 1 ? 1 : 4 * parallel.threads();
        while (from.length < wanted && to[0] - from[0] > PIECE) {
            int[] nextFrom = new int[2 * from.length];
            int[] nextTo = new int[2 * from.length];
            int[] f = from;
            int[] t = to;
            parallel.forEach(f.length, null, (i, monitor) -> {
                int middle = split(f[i], t[i]);
                nextFrom[2 * i] = f[i];
                nextTo[2 * i] = middle;
                nextFrom[2 * i + 1] = middle + 1;
                nextTo[2 * i + 1] = t[i];
            });
            from = nextFrom;
            to = nextTo;
        }
        int[] f = from;
        int[] t = to;
        parallel.forEach(f.length, null, (i, monitor) -> {
            monitor.checkpoint();
            build(f[i], t[i]);
        });
    }

    private void build(int from, int to) {
        if (to - from <= LEAF) {
            return;
        }
        int middle = split(from, to);
        build(from, middle);
        build(middle + 1, to);
    }

    /** Puts the median of the widest side into the middle of the range, nothing larger before it and nothing smaller after. */
    private int split(int from, int to) {
        int widest = 0;
        double width = -1;
        for (int a = 0; a < 3; a++) {
            double[] c = along(a);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, c[i]);
                high = Math.max(high, c[i]);
            }
            if (high - low > width) {
                width = high - low;
                widest = a;
            }
        }
        int middle = (from + to) >>> 1;
        axis[middle] = (byte) widest;
        select(along(widest), from, to - 1, middle);
        return middle;
    }

    /** Hoare's selection: element {@code k} as if {@code low..high} were sorted by {@code c}. */
    private void select(double[] c, int low, int high, int k) {
        while (low < high) {
            double pivot = median(c[low], c[(low + high) >>> 1], c[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (c[i] < pivot) {
                    i++;
                }
                while (c[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int i, int j) {
        int p = point[i];
        point[i] = point[j];
        point[j] = p;
        swap(x, i, j);
        swap(y, i, j);
        swap(z, i, j);
    }

    private static void swap(double[] c, int i, int j) {
        double old = c[i];
        c[i] = c[j];
        c[j] = old;
    }

    private double[] along(int a) {
        return a == 0 ? x : a == 1 ? y : z;
    }

    /** The points at most {@code radius} from a place, ascending. */
    public int[] within(double cx, double cy, double cz, double radius) {
        Found found = new Found();
        within(0, point.length, cx, cy, cz, radius, found);
        int[] all = Arrays.copyOf(found.points, found.count);
        Arrays.sort(all);
        return all;
    }

    private static final class Found {
        int[] points = new int[16];
        int count;

        void add(int p) {
            if (count == points.length) {
                points = Arrays.copyOf(points, 2 * count);
            }
            points[count++] = p;
        }
    }

    private void within(int from, int to, double cx, double cy, double cz, double radius, Found found) {
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                check(i, cx, cy, cz, radius, found);
            }
            return;
        }
        int middle = (from + to) >>> 1;
        check(middle, cx, cy, cz, radius, found);
        double beyond = beyond(middle, cx, cy, cz);
        if (beyond <= radius) {
            within(from, middle, cx, cy, cz, radius, found);
        }
        if (-beyond <= radius) {
            within(middle + 1, to, cx, cy, cz, radius, found);
        }
    }

    private void check(int i, double cx, double cy, double cz, double radius, Found found) {
        if (Positions.squared(x[i] - cx, y[i] - cy, z[i] - cz) <= radius * radius) {
            found.add(point[i]);
        }
    }

    /** How far the place lies beyond the plane of the node in the middle, along its axis. */
    private double beyond(int middle, double cx, double cy, double cz) {
        int a = axis[middle];
        return (a == 0 ? cx : a == 1 ? cy : cz) - along(a)[middle];
    }

    /**
     * The point nearest to a place, the one with the smallest number of several; {@code except} is passed over (-1 for
     * none). -1 where there is no point.
     */
    public int nearest(double cx, double cy, double cz, int except) {
        Nearest best = new Nearest(except);
        nearest(0, point.length, cx, cy, cz, best);
        return best.point;
    }

    private static final class Nearest {
        final int except;
        int point = -1;
        double squared = Double.POSITIVE_INFINITY;

        Nearest(int except) {
            this.except = except;
        }
    }

    private void nearest(int from, int to, double cx, double cy, double cz, Nearest best) {
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                compare(i, cx, cy, cz, best);
            }
            return;
        }
        int middle = (from + to) >>> 1;
        compare(middle, cx, cy, cz, best);
        double beyond = beyond(middle, cx, cy, cz);
        boolean left = beyond <= 0;
        nearest(left ? from : middle + 1, left ? middle : to, cx, cy, cz, best);
        if (beyond * beyond <= best.squared) {
            nearest(left ? middle + 1 : from, left ? to : middle, cx, cy, cz, best);
        }
    }

    private void compare(int i, double cx, double cy, double cz, Nearest best) {
        if (point[i] == best.except) {
            return;
        }
        double squared = Positions.squared(x[i] - cx, y[i] - cy, z[i] - cz);
        if (squared < best.squared || (squared == best.squared && point[i] < best.point)) {
            best.squared = squared;
            best.point = point[i];
        }
    }

    /** The distance of each point of the tree to its nearest neighbour, in ascending order; empty below two points. */
    public double[] nearestDistances(Parallel parallel) {
        int n = point.length;
        double[] distances = new double[n < 2 ? 0 : n];
        int pieces = (distances.length + PIECE - 1) / PIECE;
        parallel.forEach(pieces, null, (piece, monitor) -> {
            for (int i = piece * PIECE; i < Math.min(n, (piece + 1) * PIECE); i++) {
                if (i % 256 == 0) {
                    monitor.checkpoint();
                }
                Nearest best = new Nearest(point[i]);
                nearest(0, n, x[i], y[i], z[i], best);
                distances[i] = Math.sqrt(best.squared);
            }
        });
        Arrays.sort(distances);
        return distances;
    }
}
