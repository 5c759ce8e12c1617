package dev.meso.runtime.random;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random numbers with an address: stream {@code index} of {@code seed} is always the same sequence, on any machine and
 * whatever other streams were used, so sample {@code i} of an ensemble does not depend on the number of threads.
 *
 * <p>The generator is L64X128MixRandom of Steele and Vigna, "LXM: better splittable pseudorandom number generators"
 * (OOPSLA 2021), seeded with 192 bits hashed from (seed, domain, index) by SplitMix64 steps.
 */
public final class Streams {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Streams() {}

    /**
     * @param seed what the user gave
     * @param domain separates uses of one seed within one computation, for example 0 for burn-in and 1 for samples
     * @param index the sample, restart or sweep point
     */
    public static RandomGenerator of(long seed, int domain, long index) {
        long a = mix(seed + 0x9E3779B97F4A7C15L);
        long b = mix(a ^ (domain * 0xD1B54A32D192ED03L + 0x8CB92BA72F3D8DD7L));
        long c = mix(b ^ (index * 0x9E3779B97F4A7C15L + 0x2545F4914F6CDD1DL));
        ByteBuffer bytes = ByteBuffer.allocate(32);
        for (int i = 0; i < 4; i++) {
            c = mix(c + 0x9E3779B97F4A7C15L);
            bytes.putLong(c);
        }
        return FACTORY.create(bytes.array());
    }

    /** A seed of its own for each name: models that are given one seed do not share their random numbers. */
    public static long seed(long seed, String name) {
        long own = mix(seed + 0x9E3779B97F4A7C15L);
        for (int i = 0; i < name.length(); i++) {
            own = mix(own * 31 + name.charAt(i));
        }
        return own;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
