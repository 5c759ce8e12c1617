package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Unary;

/**
 * Plain elementwise loops over double, from position 0 on, which the Java compiler vectorizes; others from any place. Both precisions have the same text but for that word: a test holds this, and writes the one of double when changes are
 * accepted.
 */
final class DoubleLoops {
    private DoubleLoops() {}

    static Loop<double[]> of(Op.Elementwise op) {
        return switch (op) {
            case Unary f -> unary(f);
            case Binary f -> binary(f);
            case Op.Select s -> (a, ao, b, bo, c, co, y, yo, n) -> select(a, b, c, y, n);
        };
    }

    private static Loop<double[]> unary(Unary f) {
        return switch (f) {
            case NEGATE -> (a, ao, b, bo, c, co, y, yo, n) -> negate(a, y, n);
            case ABS -> (a, ao, b, bo, c, co, y, yo, n) -> abs(a, y, n);
            case SQRT -> (a, ao, b, bo, c, co, y, yo, n) -> sqrt(a, y, n);
            case SQUARE -> (a, ao, b, bo, c, co, y, yo, n) -> square(a, y, n);
            case RELU -> (a, ao, b, bo, c, co, y, yo, n) -> relu(a, y, n);
            default ->
                (a, ao, b, bo, c, co, y, yo, n) -> {
                    for (int i = 0; i < n; i++) {
                        y[yo + i] = (double) PlainEvaluator.apply(f, a[ao + i], 0, 0);
                    }
                };
        };
    }

    private static Loop<double[]> binary(Binary f) {
        return switch (f) {
            case ADD -> (a, ao, b, bo, c, co, y, yo, n) -> add(a, b, y, n);
            case SUBTRACT -> (a, ao, b, bo, c, co, y, yo, n) -> subtract(a, b, y, n);
            case MULTIPLY -> (a, ao, b, bo, c, co, y, yo, n) -> multiply(a, b, y, n);
            case DIVIDE -> (a, ao, b, bo, c, co, y, yo, n) -> divide(a, b, y, n);
            case MAXIMUM -> (a, ao, b, bo, c, co, y, yo, n) -> maximum(a, b, y, n);
            case MINIMUM -> (a, ao, b, bo, c, co, y, yo, n) -> minimum(a, b, y, n);
            default ->
                (a, ao, b, bo, c, co, y, yo, n) -> {
                    for (int i = 0; i < n; i++) {
                        y[yo + i] = (double) PlainEvaluator.apply(f, a[ao + i], b[bo + i], 0);
                    }
                };
        };
    }

    private static void negate(double[] a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = -a[i];
        }
    }

    private static void abs(double[] a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.abs(a[i]);
        }
    }

    private static void sqrt(double[] a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (double) Math.sqrt(a[i]);
        }
    }

    private static void square(double[] a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * a[i];
        }
    }

    private static void relu(double[] a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(a[i], 0);
        }
    }

    private static void add(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] + b[i];
        }
    }

    private static void subtract(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] - b[i];
        }
    }

    private static void multiply(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * b[i];
        }
    }

    private static void divide(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] / b[i];
        }
    }

    private static void maximum(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(a[i], b[i]);
        }
    }

    private static void minimum(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(a[i], b[i]);
        }
    }

    private static void select(double[] a, double[] b, double[] c, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] != 0 ? b[i] : c[i];
        }
    }
}
