package dev.meso.runtime.tensor;

/**
 * How a program is compiled.
 *
 * @param precision of all arithmetic; {@code FLOAT} takes half the memory and time, {@code DOUBLE} is for checks
 * @param threads at least 1; results do not depend on it
 * @param optimize false runs each node by itself, in its own memory: the twin of the optimized program
 */
public record Options(Precision precision, int threads, boolean optimize) {
    public static final Options FLOAT = new Options(Precision.FLOAT, 1, true);
    public static final Options DOUBLE = new Options(Precision.DOUBLE, 1, true);

    /** The size of numbers. */
    public enum Precision {
        FLOAT,
        DOUBLE
    }

    public Options {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread, not " + threads);
        }
    }

    public Options threads(int count) {
        return new Options(precision, count, optimize);
    }

    public Options optimize(boolean on) {
        return new Options(precision, threads, on);
    }
}
