package dev.meso.runtime.mesoscale;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Parallel;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Which domains compute the same, up to a change of coordinates. Modules are polynomial maps here, a stand-in for networks that is fitted
 * at once: seeds are drawn farthest first by how badly the maps so far explain a domain in the best coordinates found for it; then domains choose modules, modules are fitted to
 * their domains, and coordinates to the modules, until the code stops getting shorter.
 */
final class ModuleSearch {
    /** Polynomials are cubic up to so many variables and quadratic beyond. */
    private static final int CUBIC = 4;

    private static final int SCREENED = 200;
    private static final int REFINED = 6;
    private static final int ROUNDS = 12;
    private static final int REFITS = 8;

    /** Rounds in which all coordinates are looked for from scratch; later they only move on. */
    private static final int SCREENING_ROUNDS = 2;

    /** Nats a frame and neuron beyond its own map's at which a domain's coordinates are taken to be wrong. */
    private static final double STUCK = 0.05;

    private static final int POLISH_STEPS = 8;

    /** Nats a frame that a round must gain. */
    private static final double ENOUGH = 0.05;

    private final int k;
    private final Monomials basis;
    private final DomainCode[] codes;
    private final Parallel parallel;

    /**
     * A module's map seen from a domain.
     *
     * @param code nats a frame
     */
    private record Fit(double code, Link link) {}

    /**
     * @param module of each domain
     * @param links {@code links[b][d]} of domain d to module b, also where d is run by another
     * @param code nats a frame of all domains
     */
    record Found(int[] module, Link[][] links, double code) {}

    ModuleSearch(Latents[] latents, int[] starts, Parallel parallel) {
        this.k = latents[0].rank();
        this.parallel = parallel;
        this.basis = new Monomials(k, k <= CUBIC ? 3 : 2);
        this.codes = new DomainCode[latents.length];
        parallel.forEach(codes.length, null, (d, monitor) -> {
            codes[d] = new DomainCode(latents[d], starts, basis, monitor);
        });
    }

    /** Residual variance of each neuron of a domain under a map of its own. */
    double[] ownVariances(int d) {
        return codes[d].ownVariances();
    }

    /** One restart. Cost: modules x domains x some thousand codes. */
    Found run(int modules, long seed, int restart) {
        Fit[][] fits = new Fit[modules][codes.length];
        double[][] maps = seeds(modules, seed, restart, fits);
        int[] module = new int[codes.length];
        double before = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            choose(fits, module);
            revive(maps, fits, module);
            for (int i = 0; i < REFITS; i++) {
                for (int b = 0; b < modules; b++) {
                    maps[b] = pooled(b, module, fits[b], maps[b]);
                }
                parallel.forEach(codes.length, null, (d, monitor) -> {
                    monitor.checkpoint();
                    DomainCode.Scratch s = new DomainCode.Scratch(basis);
                    int b = module[d];
                    fits[b][d] = polish(d, maps[b], again(d, maps[b], fits[b][d].link, s), s);
                });
            }
            for (int b = 0; b < modules; b++) {
                align(maps[b], fits[b], screened(b, module, fits, round), seed, stream(restart, round + 1, b));
            }
            double now = choose(fits, module);
            if (now > before - ENOUGH) {
                break;
            }
            before = now;
        }
        double code = choose(fits, module);
        Link[][] links = new Link[modules][codes.length];
        for (int b = 0; b < modules; b++) {
            Fit[] of = fits[b];
            Arrays.setAll(links[b], d -> of[d].link);
        }
        return new Found(module, links, code);
    }

    private static long stream(int restart, int round, int module) {
        return (restart * 100L + round) * 10_000 + module;
    }

    private double[][] seeds(int modules, long seed, int restart, Fit[][] fits) {
        RandomGenerator random = Streams.of(seed, 3, restart);
        double[][] maps = new double[modules][];
        double[] far = new double[codes.length];
        Arrays.fill(far, 1);
        for (int b = 0; b < modules; b++) {
            maps[b] = codes[draw(far, random)].own;
            align(maps[b], fits[b], d -> true, seed, stream(restart, 0, b));
            for (int d = 0; d < codes.length; d++) {
                double least = Double.POSITIVE_INFINITY;
                for (int c = 0; c <= b; c++) {
                    least = Math.min(least, loss(d, fits[c][d]));
                }
                far[d] = Math.pow(Math.max(0, least), 2);
            }
        }
        return maps;
    }

    private static int draw(double[] weights, RandomGenerator random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        int d = 0;
        while (d < weights.length - 1 && (left -= weights[d]) > 0) {
            d++;
        }
        return d;
    }

    /** Every domain takes the module with the shortest code; the sum of these codes. */
    private double choose(Fit[][] fits, int[] module) {
        double sum = 0;
        for (int d = 0; d < module.length; d++) {
            module[d] = 0;
            for (int b = 1; b < fits.length; b++) {
                if (fits[b][d].code < fits[module[d]][d].code) {
                    module[d] = b;
                }
            }
            sum += fits[module[d]][d].code;
        }
        return sum;
    }

    /** A module that no domain wants starts again from the domain that is explained worst. */
    private void revive(double[][] maps, Fit[][] fits, int[] module) {
        int[] counts = new int[maps.length];
        for (int b : module) {
            counts[b]++;
        }
        for (int b = 0; b < maps.length; b++) {
            int worst = -1;
            double most = 0;
            for (int d = 0; counts[b] == 0 && d < module.length; d++) {
                double loss = loss(d, fits[module[d]][d]);
                if (counts[module[d]] > 1 && loss > most) {
                    worst = d;
                    most = loss;
                }
            }
            if (worst >= 0) {
                counts[module[worst]]--;
                counts[b]++;
                module[worst] = b;
                maps[b] = codes[worst].own;
                fits[b][worst] = new Fit(codes[worst].ownCode, Link.identity(k));
            }
        }
    }

    private double[] pooled(int b, int[] module, Fit[] fits, double[] before) {
        double[] products = new double[basis.size * basis.size];
        double[] ahead = new double[basis.size * k];
        DomainCode.Scratch s = new DomainCode.Scratch(basis);
        int count = 0;
        for (int d = 0; d < module.length; d++) {
            if (module[d] == b) {
                codes[d].addTo(products, ahead, fits[d].link, s);
                count++;
            }
        }
        if (count == 0) {
            return before;
        }
        for (int i = 0; i < products.length; i++) {
            products[i] /= count;
        }
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] /= count;
        }
        return DomainCode.solve(basis, products, ahead);
    }

    /** Domains whose coordinates for module b are looked for from scratch: all in the first rounds, then those of its own that are stuck. */
    private IntPredicate screened(int b, int[] module, Fit[][] fits, int round) {
        return d -> round < SCREENING_ROUNDS || (module[d] == b && loss(d, fits[b][d]) > STUCK);
    }

    /** Nats a frame and neuron that a domain's own map would save. */
    private double loss(int d, Fit fit) {
        return (fit.code - codes[d].ownCode) / codes[d].neurons();
    }

    /** The best coordinates of every domain for one map. */
    private void align(double[] map, Fit[] fits, IntPredicate screened, long seed, long stream) {
        parallel.forEach(codes.length, null, (d, monitor) -> {
            monitor.checkpoint();
            DomainCode.Scratch s = new DomainCode.Scratch(basis);
            Fit known = fits[d] == null ? null : again(d, map, fits[d].link, s);
            Fit best = known;
            if (screened.test(d)) {
                Fit found = screen(d, map, Streams.of(seed, 4, stream * codes.length + d), s);
                best = known == null || found.code < known.code ? found : known;
            }
            fits[d] = polish(d, map, best, s);
        });
    }

    private Fit again(int d, double[] map, Link link, DomainCode.Scratch s) {
        return new Fit(codes[d].of(map, link, s), link);
    }

    /** Many random rotations, the best few refined. */
    private Fit screen(int d, double[] map, RandomGenerator random, DomainCode.Scratch s) {
        Fit[] starts = new Fit[SCREENED];
        Arrays.setAll(starts, i -> again(d, map, Link.random(k, random), s));
        Arrays.sort(starts, (a, b) -> Double.compare(a.code, b.code));
        Fit best = null;
        for (int i = 0; i < REFINED; i++) {
            Fit fit = polish(d, map, starts[i], s);
            best = best == null || fit.code < best.code ? fit : best;
        }
        return best;
    }

    /**
     * From rotations to all affine coordinates: variables of two domains have unit variance over their own frames only, so they match up to
     * a rotation only nearly.
     */
    private Fit polish(int d, double[] map, Fit from, DomainCode.Scratch s) {
        double[] start = Arrays.copyOf(from.link.map(), k * k + k);
        System.arraycopy(from.link.shift(), 0, start, k * k, k);
        double[] found =
                Minimizer.minimize(start, (x, slope) -> codes[d].of(map, link(x), s, slope), POLISH_STEPS, 1e-6);
        Fit fit = again(d, map, link(found), s);
        return fit.code < from.code ? fit : from;
    }

    private Link link(double[] x) {
        return new Link(Arrays.copyOf(x, k * k), Arrays.copyOfRange(x, k * k, k * k + k));
    }
}
