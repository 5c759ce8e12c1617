package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Finds domains and modules in stages, as a start for end-to-end fitting, which from a random start finds domains but not
 * modules.
 *
 * <ol>
 *   <li>Domains: which location's neurons explain a neuron best ({@link DomainSearch}); the number of variables of a domain by the eigengap.
 *   <li>Variables of each domain: whitened principal components ({@link Latents}).
 *   <li>Modules: maps of these variables that serve several domains up to a change of coordinates, from several restarts ({@link ModuleSearch}).
 *   <li>Networks: one for each module, fitted together with the coordinates of its domains ({@link NetworkFit}).
 *   <li>The number of modules, where it is asked for: the lowest {@link DescriptionLength}.
 * </ol>
 */
public final class StagedStart {
    private static final int MOST_VARIABLES = 8;

    /** Rank at which domains are looked for before the rank is known: finding them hardly depends on it. */
    private static final int FIRST_RANK = 4;

    private static final int RANK_ROUNDS = 4;

    /**
     * @param rank number of variables of a module, 0 to take it from the eigenvalues
     * @param restarts of the search for modules, the best kept
     * @param width of a module's network
     * @param steps of the fit of a network
     * @param rate of learning at its beginning
     * @param gain of the observer that estimates the state, 1 to read it off the recording
     * @param seed of all random numbers
     */
    public record Options(int rank, int restarts, int width, int steps, double rate, double gain, long seed) {
        /**
         * Rank by the eigengap, 4 restarts, 32 units, 3000 steps at 0.02, no observer. With 16 units the misfit of one network is worth a second
         * one, and description length finds too many modules.
         */
        public static Options of(long seed) {
            return new Options(0, 4, 32, 3000, 0.02, 1, seed);
        }

        public Options {
            check(rank >= 0 && rank <= MOST_VARIABLES, "'rank' is 0 to " + MOST_VARIABLES + ", not " + rank);
            check(restarts >= 1, "'restarts' is at least 1, not " + restarts);
            check(width >= 1, "'width' is at least 1, not " + width);
            check(steps >= 0, "'steps' is at least 0, not " + steps);
            check(rate > 0, "'rate' is above 0, not " + rate);
            check(gain > 0 && gain <= 1, "'gain' is above 0 and at most 1, not " + gain);
        }

        private static void check(boolean holds, String message) {
            if (!holds) {
                throw new MesoException(ErrorCode.WRONG_VALUE, message);
            }
        }
    }

    private final Activity train;
    private final ReceptiveFields fields;
    private final Options options;
    private final Parallel parallel;
    private final double[] states;
    private final int rank;
    private final int[] locations;
    private final Latents[] latents;
    private final ModuleSearch search;

    /**
     * The stages before the number of modules matters.
     *
     * @param train standardized; missing values keep the last value seen
     * @throws MesoException WRONG_VALUE where no field holds enough neurons for a domain
     */
    public StagedStart(Activity train, ReceptiveFields fields, Options options, Parallel parallel) {
        this.train = train;
        this.fields = fields;
        this.options = options;
        this.parallel = parallel;
        this.states = Forecasts.states(Baselines.observer(options.gain()), train);
        DomainSearch domains = new DomainSearch(states, fields, parallel);
        int k = options.rank() > 0 ? options.rank() : FIRST_RANK;
        int[] location = domains.find(k);
        for (int round = 0; options.rank() == 0 && round < RANK_ROUNDS; round++) {
            int better = domains.eigengap(location, MOST_VARIABLES);
            if (better == k) {
                break;
            }
            k = better;
            location = domains.find(k);
        }
        this.rank = k;
        int[] of = location;
        this.locations = IntStream.range(0, fields.locations())
                .filter(m -> IntStream.of(of).anyMatch(l -> l == m))
                .toArray();
        if (locations.length == 0) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "no receptive field holds the " + (rank + 2) + " neurons that a domain with " + rank
                            + " variables needs",
                    "use a larger diameter or a lower rank");
        }
        this.latents = new Latents[locations.length];
        parallel.forEach(latents.length, null, (d, monitor) -> {
            int[] neurons = IntStream.range(0, fields.n())
                    .filter(v -> of[v] == locations[d])
                    .toArray();
            latents[d] = Latents.of(states, fields.n(), neurons, rank, monitor);
        });
        this.search = new ModuleSearch(latents, train.windows(2, 1), parallel);
    }

    /** Number of variables of a module. */
    public int rank() {
        return rank;
    }

    /** The location of each domain, ascending: the order of {@link StagedFit#interfaces} and of {@link StagedFit#links}. */
    int[] locations() {
        return locations;
    }

    /** The variables of each domain, in the same order; they do not depend on the number of modules. */
    Latents[] latents() {
        return latents;
    }

    /** The best of all restarts with this many modules. */
    public StagedFit fit(int modules) {
        if (modules < 1) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "a model has at least 1 module, not " + modules);
        }
        ModuleSearch.Found best = null;
        for (int r = 0; r < options.restarts(); r++) {
            ModuleSearch.Found found = search.run(modules, options.seed(), r);
            best = best == null || found.code() < best.code() ? found : best;
            parallel.monitor().progress("restarts with " + modules + " modules", r + 1, options.restarts());
        }
        return networks(modules, best);
    }

    /** The fit with the lowest description length from one module to so many. */
    public StagedFit choose(int most) {
        StagedFit best = null;
        for (int modules = 1; modules <= most; modules++) {
            StagedFit fit = fit(modules);
            best = best == null || fit.length().total() < best.length().total() ? fit : best;
        }
        return best;
    }

    private StagedFit networks(int modules, ModuleSearch.Found found) {
        SmallNetwork[] networks = new SmallNetwork[modules];
        Link[][] links = new Link[modules][];
        int[] starts = train.windows(2, 1);
        parallel.forEach(modules, null, (b, monitor) -> {
            int[] mine = IntStream.range(0, latents.length)
                    .filter(d -> found.module()[d] == b)
                    .toArray();
            RandomGenerator random = Streams.of(options.seed(), 5, b);
            if (mine.length == 0) {
                networks[b] = SmallNetwork.random(rank, options.width(), random);
                links[b] = found.links()[b];
                return;
            }
            Latents[] z = new Latents[mine.length];
            Link[] from = new Link[mine.length];
            double[][] variances = new double[mine.length][];
            for (int i = 0; i < mine.length; i++) {
                z[i] = latents[mine[i]];
                from[i] = found.links()[b][mine[i]];
                variances[i] = search.ownVariances(mine[i]);
            }
            NetworkFit fit = new NetworkFit(z, from, starts, options.width(), variances, random);
            fit.run(options.steps(), options.rate(), random, monitor);
            networks[b] = fit.network();
            links[b] = moved(found.links()[b], mine, fit.links());
        });
        List<Interface> interfaces = new ArrayList<>();
        for (int d = 0; d < latents.length; d++) {
            interfaces.add(Interface.of(locations[d], found.module()[d], latents[d], links[found.module()[d]][d]));
        }
        return new StagedFit(train, states, options.gain(), fields, interfaces, Arrays.asList(networks), links);
    }

    /**
     * Links of all domains to a module whose coordinates moved while its network was fitted: those of its own domains as fitted, all others moved by
     * what moved these on average.
     */
    private static Link[] moved(Link[] before, int[] mine, Link[] fitted) {
        Link[] changes = new Link[mine.length];
        Arrays.setAll(changes, i -> before[mine[i]].inverse().then(fitted[i]));
        Link change = Link.mean(changes);
        Link[] moved = new Link[before.length];
        Arrays.setAll(moved, d -> before[d].then(change));
        for (int i = 0; i < mine.length; i++) {
            moved[mine[i]] = fitted[i];
        }
        return moved;
    }
}
