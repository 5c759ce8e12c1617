package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Unary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise loops over double with the Vector API, from any place; lengths are rounded up to whole vectors. Both precisions have the same text but for that word: a test holds this, and writes the one of double when changes are
 * accepted.
 */
final class DoubleVectorLoops {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private DoubleVectorLoops() {}

    /** Null for what the plain loop does as well. */
    static Loop<double[]> of(Op.Elementwise op) {
        return switch (op) {
            case Unary f -> unary(f);
            case Binary f -> binary(f);
            case Op.Select s -> DoubleVectorLoops::select;
        };
    }

    private static Loop<double[]> unary(Unary f) {
        return switch (f) {
            case NEGATE -> (a, ao, b, bo, c, co, y, yo, n) -> negate(a, ao, y, yo, n);
            case ABS -> (a, ao, b, bo, c, co, y, yo, n) -> abs(a, ao, y, yo, n);
            case SIGN -> (a, ao, b, bo, c, co, y, yo, n) -> sign(a, ao, y, yo, n);
            case STEP -> (a, ao, b, bo, c, co, y, yo, n) -> step(a, ao, y, yo, n);
            case EXP -> (a, ao, b, bo, c, co, y, yo, n) -> exp(a, ao, y, yo, n);
            case LOG -> (a, ao, b, bo, c, co, y, yo, n) -> log(a, ao, y, yo, n);
            case SQRT -> (a, ao, b, bo, c, co, y, yo, n) -> sqrt(a, ao, y, yo, n);
            case SQUARE -> (a, ao, b, bo, c, co, y, yo, n) -> square(a, ao, y, yo, n);
            case TANH -> (a, ao, b, bo, c, co, y, yo, n) -> tanh(a, ao, y, yo, n);
            case LOGISTIC -> (a, ao, b, bo, c, co, y, yo, n) -> logistic(a, ao, y, yo, n);
            case RELU -> (a, ao, b, bo, c, co, y, yo, n) -> relu(a, ao, y, yo, n);
            case SOFTPLUS -> (a, ao, b, bo, c, co, y, yo, n) -> softplus(a, ao, y, yo, n);
        };
    }

    private static Loop<double[]> binary(Binary f) {
        return switch (f) {
            case ADD -> (a, ao, b, bo, c, co, y, yo, n) -> add(a, ao, b, bo, y, yo, n);
            case SUBTRACT -> (a, ao, b, bo, c, co, y, yo, n) -> subtract(a, ao, b, bo, y, yo, n);
            case MULTIPLY -> (a, ao, b, bo, c, co, y, yo, n) -> multiply(a, ao, b, bo, y, yo, n);
            case DIVIDE -> (a, ao, b, bo, c, co, y, yo, n) -> divide(a, ao, b, bo, y, yo, n);
            case MAXIMUM -> (a, ao, b, bo, c, co, y, yo, n) -> maximum(a, ao, b, bo, y, yo, n);
            case MINIMUM -> (a, ao, b, bo, c, co, y, yo, n) -> minimum(a, ao, b, bo, y, yo, n);
            case GREATER -> (a, ao, b, bo, c, co, y, yo, n) -> compare(VectorOperators.GT, a, ao, b, bo, y, yo, n);
            case GREATER_EQUAL ->
                (a, ao, b, bo, c, co, y, yo, n) -> compare(VectorOperators.GE, a, ao, b, bo, y, yo, n);
            case EQUAL -> (a, ao, b, bo, c, co, y, yo, n) -> compare(VectorOperators.EQ, a, ao, b, bo, y, yo, n);
            case POWER -> null;
        };
    }

    private static void negate(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            v.neg().intoArray(y, yo + i);
        }
    }

    private static void abs(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            v.abs().intoArray(y, yo + i);
        }
    }

    private static void sign(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            // Zeros and NaN stay as they are.
            v.blend(1, v.compare(VectorOperators.GT, 0))
                    .blend(-1, v.compare(VectorOperators.LT, 0))
                    .intoArray(y, yo + i);
        }
    }

    private static void step(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector.zero(S).blend(1, v.compare(VectorOperators.GT, 0)).intoArray(y, yo + i);
        }
    }

    private static void exp(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleFunctions.exp(v).intoArray(y, yo + i);
        }
    }

    private static void log(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleFunctions.log(v).intoArray(y, yo + i);
        }
    }

    private static void sqrt(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            v.sqrt().intoArray(y, yo + i);
        }
    }

    private static void square(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            v.mul(v).intoArray(y, yo + i);
        }
    }

    private static void tanh(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleFunctions.tanh(v).intoArray(y, yo + i);
        }
    }

    private static void logistic(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleFunctions.logistic(v).intoArray(y, yo + i);
        }
    }

    private static void relu(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            v.max(0).intoArray(y, yo + i);
        }
    }

    private static void softplus(double[] a, int ao, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleFunctions.softplus(v).intoArray(y, yo + i);
        }
    }

    private static void add(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            v.add(w).intoArray(y, yo + i);
        }
    }

    private static void subtract(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            v.sub(w).intoArray(y, yo + i);
        }
    }

    private static void multiply(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            v.mul(w).intoArray(y, yo + i);
        }
    }

    private static void divide(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            v.div(w).intoArray(y, yo + i);
        }
    }

    private static void maximum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            v.max(w).intoArray(y, yo + i);
        }
    }

    private static void minimum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            v.min(w).intoArray(y, yo + i);
        }
    }

    private static void compare(
            VectorOperators.Comparison by, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, a, ao + i);
            DoubleVector w = DoubleVector.fromArray(S, b, bo + i);
            DoubleVector.zero(S).blend(1, v.compare(by, w)).intoArray(y, yo + i);
        }
    }

    private static void select(double[] a, int ao, double[] b, int bo, double[] c, int co, double[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Double> yes = DoubleVector.fromArray(S, a, ao + i).compare(VectorOperators.NE, 0);
            DoubleVector.fromArray(S, c, co + i)
                    .blend(DoubleVector.fromArray(S, b, bo + i), yes)
                    .intoArray(y, yo + i);
        }
    }
}
