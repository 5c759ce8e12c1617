package dev.meso.runtime.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of a vector of float, within 2 units in the last place of the exact value (4 for the tails of
 * {@code log1p}); infinities, NaN and subnormal numbers as {@link Math} has them. Series are Taylor's, long enough for the
 * precision over the reduced range.
 */
final class FloatFunctions {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = S.vectorShape().withLanes(int.class);

    /** Added and taken away, it leaves the nearest whole number, which then is in the low bits. */
    private static final float ROUND = 0x1.8p23f;

    private static final float LOG2_E = (float) (1 / Math.log(2));
    /** log 2 in two parts: multiples of the first by small whole numbers are exact. */
    private static final float LOG2_HIGH = 0x1.62ep-1f;

    private static final float LOG2_LOW = (float) (Math.log(2) - 0x1.62ep-1f);
    private static final float LOWEST = -104;
    private static final float HIGHEST = 89;
    private static final int ROOT_HALF = Float.floatToRawIntBits((float) Math.sqrt(0.5));

    private FloatFunctions() {}

    /** exp(x) = 2^n exp(r) with |r| <= log(2) / 2. */
    static FloatVector exp(FloatVector x) {
        FloatVector inside = x.max(LOWEST).min(HIGHEST);
        FloatVector shifted = inside.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector p = series(remainder(inside, n)).add(1);
        // 2^n in two factors: the result may be subnormal or infinite although each of them is neither.
        IntVector whole = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
        IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
        return p.mul(power(half)).mul(power(whole.sub(half)));
    }

    /** exp(x) - 1 for 0 <= x <= 60, without loss near 0. */
    static FloatVector expm1(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector p = series(remainder(x, n));
        FloatVector scale = power(shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND)));
        return scale.fma(p, scale.sub(1));
    }

    private static FloatVector remainder(FloatVector x, FloatVector n) {
        return n.fma(FloatVector.broadcast(S, -LOG2_LOW), n.fma(FloatVector.broadcast(S, -LOG2_HIGH), x));
    }

    /** exp(r) - 1. */
    private static FloatVector series(FloatVector r) {
        FloatVector sum = FloatVector.broadcast(S, 1 / 5040f);
        sum = sum.fma(r, FloatVector.broadcast(S, 1 / 720f));
        sum = sum.fma(r, FloatVector.broadcast(S, 1 / 120f));
        sum = sum.fma(r, FloatVector.broadcast(S, 1 / 24f));
        sum = sum.fma(r, FloatVector.broadcast(S, 1 / 6f));
        sum = sum.fma(r, FloatVector.broadcast(S, 0.5f));
        return sum.mul(r).fma(r, r);
    }

    /** 2^n for n in -126 .. 127. */
    private static FloatVector power(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** log(x) = e log 2 + 2 atanh((m - 1) / (m + 1)) with x = 2^e m and m within a factor of root 2 of 1. */
    static FloatVector log(FloatVector x) {
        VectorMask<Float> small = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector normal = x.mul(0x1p24f, small);
        IntVector bits = normal.reinterpretAsInts();
        IntVector exponent = bits.sub(ROOT_HALF).lanewise(VectorOperators.ASHR, 23);
        FloatVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
        FloatVector e = (FloatVector) exponent.convertShape(VectorOperators.I2F, S, 0);
        FloatVector y = logarithm(m.sub(1), e.sub(24, small));
        // What is not a positive number.
        FloatVector infinite = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
        y = y.blend(infinite, x.compare(VectorOperators.EQ, infinite));
        y = y.blend(infinite.neg(), x.compare(VectorOperators.EQ, 0));
        return y.blend(Float.NaN, x.compare(VectorOperators.LT, 0).or(x.test(VectorOperators.IS_NAN)));
    }

    /** log(1 + f) + e log 2. */
    private static FloatVector logarithm(FloatVector f, FloatVector e) {
        FloatVector s = f.div(f.add(2));
        FloatVector z = s.mul(s);
        FloatVector sum = FloatVector.broadcast(S, 2 / 11f);
        sum = sum.fma(z, FloatVector.broadcast(S, 2 / 9f));
        sum = sum.fma(z, FloatVector.broadcast(S, 2 / 7f));
        sum = sum.fma(z, FloatVector.broadcast(S, 2 / 5f));
        sum = sum.fma(z, FloatVector.broadcast(S, 2 / 3f));
        // 2 s = f - s f: the large part f is exact.
        FloatVector tail = s.mul(sum.mul(z).sub(f));
        FloatVector low = e.fma(FloatVector.broadcast(S, LOG2_LOW), tail);
        return e.fma(FloatVector.broadcast(S, LOG2_HIGH), low.add(f));
    }

    /** log(1 + x) for 0 <= x <= 1. */
    static FloatVector log1p(FloatVector x) {
        // 2 atanh(x / (x + 2)) up to root 2, halved beyond, where (1 + x) / 2 - 1 = (x - 1) / 2 is exact.
        VectorMask<Float> large = x.compare(VectorOperators.GT, 0.41421357f);
        FloatVector f = x.blend(x.sub(1).mul(0.5f), large);
        return logarithm(f, FloatVector.zero(S).blend(1, large));
    }

    /** expm1(2 |x|) / (expm1(2 |x|) + 2) with the sign of x; it is 1 from 30 on. */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs().min(30);
        FloatVector e = expm1(size.add(size));
        FloatVector t = e.div(e.add(2));
        return t.blend(t.neg(), x.compare(VectorOperators.LT, 0));
    }

    /** 1 / (1 + exp(-x)), below 0 as exp(x) / (1 + exp(x)), so that small results are exact too. */
    static FloatVector logistic(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        FloatVector one = FloatVector.broadcast(S, 1);
        return one.blend(e, x.compare(VectorOperators.LT, 0)).div(e.add(one));
    }

    /** log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)). */
    static FloatVector softplus(FloatVector x) {
        return x.max(0).add(log1p(exp(x.abs().neg())));
    }
}
