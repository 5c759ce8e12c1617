package dev.meso.runtime.tensor;

import dev.meso.runtime.task.Monitor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimizes an objective whose inputs do not change: limited-memory BFGS (Nocedal 1980, Math Comp 35:773) with steps halved until they gain
 * enough (Armijo). For small smooth problems it is much nearer to the minimum than {@link Adam} after as many evaluations.
 */
public final class Lbfgs {
    private static final int MEMORY = 12;
    private static final int HALVINGS = 20;
    private static final double ENOUGH = 1e-4;
    private static final double FLAT = 1e-12;
    private static final int PATIENCE = 50;
    private static final double LITTLE = 0.01;

    private Lbfgs() {}

    /** A step and how the gradient changed over it. */
    private record Pair(double[] step, double[] change, double product) {}

    /**
     * Changes {@code learned} of the parameters; the others stay.
     *
     * @param evaluations of the objective at most
     * @param enough a loss at which there is nothing left to gain; it also ends where fifty evaluations gain less than a hundredth
     * @return the least loss found, whose parameters are left in place
     */
    public static double minimize(
            Objective objective,
            Parameters parameters,
            Ranges learned,
            int evaluations,
            double enough,
            Monitor monitor) {
        double[] x = parameters.values();
        boolean[] free = learned.chosen(x.length);
        double loss = objective.evaluate(monitor);
        double[] gradient = masked(objective.gradient(), free);
        Deque<Pair> pairs = new ArrayDeque<>();
        double marked = loss;
        int mark = 0;
        for (int used = 1; used < evaluations && loss > enough && dot(gradient, gradient) > FLAT * FLAT; ) {
            if (used - mark >= PATIENCE) {
                if (loss > (1 - LITTLE) * marked) {
                    return loss;
                }
                marked = loss;
                mark = used;
            }
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                pairs.clear();
                direction = direction(gradient, pairs);
                slope = dot(direction, gradient);
            }
            double size = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double[] from = x.clone();
            double next = Double.POSITIVE_INFINITY;
            for (int h = 0; h < HALVINGS && used < evaluations; h++, size /= 2) {
                monitor.checkpoint();
                for (int i = 0; i < x.length; i++) {
                    x[i] = from[i] + size * direction[i];
                }
                next = objective.evaluate(monitor);
                used++;
                if (next <= loss + ENOUGH * size * slope) {
                    break;
                }
                next = Double.POSITIVE_INFINITY;
            }
            if (next == Double.POSITIVE_INFINITY) {
                System.arraycopy(from, 0, x, 0, x.length);
                return loss;
            }
            double[] now = masked(objective.gradient(), free);
            double[] step = new double[x.length];
            double[] change = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                step[i] = x[i] - from[i];
                change[i] = now[i] - gradient[i];
            }
            double product = dot(step, change);
            if (product > 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) {
                pairs.addFirst(new Pair(step, change, product));
                if (pairs.size() > MEMORY) {
                    pairs.removeLast();
                }
            }
            loss = next;
            gradient = now;
        }
        return loss;
    }

    /** Minus the inverse curvature, as far as the pairs know it, times the gradient. */
    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] d = gradient.clone();
        double[] shares = new double[pairs.size()];
        int k = 0;
        for (Pair pair : pairs) {
            shares[k] = dot(pair.step, d) / pair.product;
            add(d, pair.change, -shares[k++]);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getFirst();
            double scale = last.product / dot(last.change, last.change);
            for (int i = 0; i < d.length; i++) {
                d[i] *= scale;
            }
        }
        for (Iterator<Pair> back = pairs.descendingIterator(); back.hasNext(); ) {
            Pair pair = back.next();
            add(d, pair.step, shares[--k] - dot(pair.change, d) / pair.product);
        }
        for (int i = 0; i < d.length; i++) {
            d[i] = -d[i];
        }
        return d;
    }

    private static double[] masked(double[] gradient, boolean[] free) {
        double[] some = gradient.clone();
        for (int i = 0; i < some.length; i++) {
            some[i] = free[i] ? some[i] : 0;
        }
        return some;
    }

    private static void add(double[] to, double[] from, double times) {
        for (int i = 0; i < to.length; i++) {
            to[i] += times * from[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
