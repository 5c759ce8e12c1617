package dev.meso.runtime.tensor;

import dev.meso.runtime.tensor.Op.Binary;
import dev.meso.runtime.tensor.Op.Unary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise loops over float with the Vector API, from any place; lengths are rounded up to whole vectors. Both precisions have the same text but for that word: a test holds this, and writes the one of double when changes are
 * accepted.
 */
final class FloatVectorLoops {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private FloatVectorLoops() {}

    /** Null for what the plain loop does as well. */
    static Loop<float[]> of(Op.Elementwise op) {
        return switch (op) {
            case Unary f -> unary(f);
            case Binary f -> binary(f);
            case Op.Select s -> FloatVectorLoops::select;
        };
    }

    private static Loop<float[]> unary(Unary f) {
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

    private static Loop<float[]> binary(Binary f) {
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

    private static void negate(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            v.neg().intoArray(y, yo + i);
        }
    }

    private static void abs(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            v.abs().intoArray(y, yo + i);
        }
    }

    private static void sign(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            // Zeros and NaN stay as they are.
            v.blend(1, v.compare(VectorOperators.GT, 0))
                    .blend(-1, v.compare(VectorOperators.LT, 0))
                    .intoArray(y, yo + i);
        }
    }

    private static void step(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector.zero(S).blend(1, v.compare(VectorOperators.GT, 0)).intoArray(y, yo + i);
        }
    }

    private static void exp(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatFunctions.exp(v).intoArray(y, yo + i);
        }
    }

    private static void log(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatFunctions.log(v).intoArray(y, yo + i);
        }
    }

    private static void sqrt(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            v.sqrt().intoArray(y, yo + i);
        }
    }

    private static void square(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            v.mul(v).intoArray(y, yo + i);
        }
    }

    private static void tanh(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatFunctions.tanh(v).intoArray(y, yo + i);
        }
    }

    private static void logistic(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatFunctions.logistic(v).intoArray(y, yo + i);
        }
    }

    private static void relu(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            v.max(0).intoArray(y, yo + i);
        }
    }

    private static void softplus(float[] a, int ao, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatFunctions.softplus(v).intoArray(y, yo + i);
        }
    }

    private static void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            v.add(w).intoArray(y, yo + i);
        }
    }

    private static void subtract(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            v.sub(w).intoArray(y, yo + i);
        }
    }

    private static void multiply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            v.mul(w).intoArray(y, yo + i);
        }
    }

    private static void divide(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            v.div(w).intoArray(y, yo + i);
        }
    }

    private static void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            v.max(w).intoArray(y, yo + i);
        }
    }

    private static void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            v.min(w).intoArray(y, yo + i);
        }
    }

    private static void compare(
            VectorOperators.Comparison by, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(S, a, ao + i);
            FloatVector w = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, v.compare(by, w)).intoArray(y, yo + i);
        }
    }

    private static void select(float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> yes = FloatVector.fromArray(S, a, ao + i).compare(VectorOperators.NE, 0);
            FloatVector.fromArray(S, c, co + i)
                    .blend(FloatVector.fromArray(S, b, bo + i), yes)
                    .intoArray(y, yo + i);
        }
    }
}
