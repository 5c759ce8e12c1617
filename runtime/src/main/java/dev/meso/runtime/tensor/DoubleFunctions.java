package dev.meso.runtime.tensor;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of a vector of double, within 2 units in the last place of the exact value (4 for the tails of
 * {@code log1p}); infinities, NaN and subnormal numbers as {@link Math} has them. The same as {@link FloatFunctions} with
 * longer series.
 */
final class DoubleFunctions {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

    /** Added and taken away, it leaves the nearest whole number, which then is in the low bits. */
    private static final double ROUND = 0x1.8p52;

    private static final double LOG2_E = 1 / Math.log(2);
    /** log 2 in two parts: multiples of the first by small whole numbers are exact. */
    private static final double LOG2_HIGH = 0x1.62e42fefa38p-1;

    /** log 2 to 30 digits, less the first part. */
    private static final double LOG2_LOW = new java.math.BigDecimal("0.693147180559945309417232121458177")
            .subtract(new java.math.BigDecimal(0x1.62e42fefa38p-1))
            .doubleValue();

    private static final double LOWEST = -746;
    private static final double HIGHEST = 710;
    private static final long ROOT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

    /** 1/13!, 1/12!, … 1/2!. */
    private static final double[] EXPONENTIAL = new double[12];
    /** 2/23, 2/21, … 2/3. */
    private static final double[] LOGARITHM = new double[11];

    static {
        double factorial = 1;
        for (int i = 0; i < EXPONENTIAL.length; i++) {
            factorial *= i + 2;
            EXPONENTIAL[EXPONENTIAL.length - 1 - i] = 1 / factorial;
        }
        for (int i = 0; i < LOGARITHM.length; i++) {
            LOGARITHM[i] = 2.0 / (23 - 2 * i);
        }
    }

    private DoubleFunctions() {}

    /** exp(x) = 2^n exp(r) with |r| <= log(2) / 2. */
    static DoubleVector exp(DoubleVector x) {
        DoubleVector inside = x.max(LOWEST).min(HIGHEST);
        DoubleVector shifted = inside.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
        DoubleVector n = shifted.sub(ROUND);
        DoubleVector p = series(remainder(inside, n)).add(1);
        // 2^n in two factors: the result may be subnormal or infinite although each of them is neither.
        LongVector whole = shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(ROUND));
        LongVector half = whole.lanewise(VectorOperators.ASHR, 1);
        return p.mul(power(half)).mul(power(whole.sub(half)));
    }

    /** exp(x) - 1 for 0 <= x <= 60, without loss near 0. */
    static DoubleVector expm1(DoubleVector x) {
        DoubleVector shifted = x.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
        DoubleVector n = shifted.sub(ROUND);
        DoubleVector p = series(remainder(x, n));
        DoubleVector scale = power(shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(ROUND)));
        return scale.fma(p, scale.sub(1));
    }

    private static DoubleVector remainder(DoubleVector x, DoubleVector n) {
        return n.fma(DoubleVector.broadcast(S, -LOG2_LOW), n.fma(DoubleVector.broadcast(S, -LOG2_HIGH), x));
    }

    /** exp(r) - 1. */
    private static DoubleVector series(DoubleVector r) {
        DoubleVector sum = DoubleVector.broadcast(S, EXPONENTIAL[0]);
        for (int i = 1; i < EXPONENTIAL.length; i++) {
            sum = sum.fma(r, DoubleVector.broadcast(S, EXPONENTIAL[i]));
        }
        return sum.mul(r).fma(r, r);
    }

    /** 2^n for n in -1022 .. 1023. */
    private static DoubleVector power(LongVector n) {
        return n.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    /** log(x) = e log 2 + 2 atanh((m - 1) / (m + 1)) with x = 2^e m and m within a factor of root 2 of 1. */
    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> small = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
        DoubleVector normal = x.mul(0x1p54, small);
        LongVector bits = normal.reinterpretAsLongs();
        LongVector exponent = bits.sub(ROOT_HALF).lanewise(VectorOperators.ASHR, 52);
        DoubleVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
        DoubleVector e = (DoubleVector) exponent.convertShape(VectorOperators.L2D, S, 0);
        DoubleVector y = logarithm(m.sub(1), e.sub(54, small));
        // What is not a positive number.
        DoubleVector infinite = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
        y = y.blend(infinite, x.compare(VectorOperators.EQ, infinite));
        y = y.blend(infinite.neg(), x.compare(VectorOperators.EQ, 0));
        return y.blend(Double.NaN, x.compare(VectorOperators.LT, 0).or(x.test(VectorOperators.IS_NAN)));
    }

    /** log(1 + f) + e log 2. */
    private static DoubleVector logarithm(DoubleVector f, DoubleVector e) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector sum = DoubleVector.broadcast(S, LOGARITHM[0]);
        for (int i = 1; i < LOGARITHM.length; i++) {
            sum = sum.fma(z, DoubleVector.broadcast(S, LOGARITHM[i]));
        }
        // 2 s = f - s f: the large part f is exact.
        DoubleVector tail = s.mul(sum.mul(z).sub(f));
        DoubleVector low = e.fma(DoubleVector.broadcast(S, LOG2_LOW), tail);
        return e.fma(DoubleVector.broadcast(S, LOG2_HIGH), low.add(f));
    }

    /** log(1 + x) for 0 <= x <= 1. */
    static DoubleVector log1p(DoubleVector x) {
        // 2 atanh(x / (x + 2)) up to root 2, halved beyond, where (1 + x) / 2 - 1 = (x - 1) / 2 is exact.
        VectorMask<Double> large = x.compare(VectorOperators.GT, 0.4142135623730951);
        DoubleVector f = x.blend(x.sub(1).mul(0.5), large);
        return logarithm(f, DoubleVector.zero(S).blend(1, large));
    }

    /** expm1(2 |x|) / (expm1(2 |x|) + 2) with the sign of x; it is 1 from 30 on. */
    static DoubleVector tanh(DoubleVector x) {
        DoubleVector size = x.abs().min(30);
        DoubleVector e = expm1(size.add(size));
        DoubleVector t = e.div(e.add(2));
        return t.blend(t.neg(), x.compare(VectorOperators.LT, 0));
    }

    /** 1 / (1 + exp(-x)), below 0 as exp(x) / (1 + exp(x)), so that small results are exact too. */
    static DoubleVector logistic(DoubleVector x) {
        DoubleVector e = exp(x.abs().neg());
        DoubleVector one = DoubleVector.broadcast(S, 1);
        return one.blend(e, x.compare(VectorOperators.LT, 0)).div(e.add(one));
    }

    /** log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)). */
    static DoubleVector softplus(DoubleVector x) {
        return x.max(0).add(log1p(exp(x.abs().neg())));
    }
}
