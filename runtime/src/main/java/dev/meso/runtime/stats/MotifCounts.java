package dev.meso.runtime.stats;

import dev.meso.runtime.motif.Mask;
import dev.meso.runtime.motif.Pattern;
import dev.meso.runtime.motif.PatternSearch;
import dev.meso.runtime.nulls.Sample;
import dev.meso.runtime.task.Parallel;
import java.util.List;
import java.util.Optional;

/** Numbers of matches of some motifs, each under its name. Masks of neurons are those of the observed graph. */
public final class MotifCounts implements Statistic {
    private final List<String> names;
    private final List<Pattern> patterns;

    /** For each pattern its matches in each triad; empty where a search is needed. */
    private final List<Optional<long[]>> perTriad;

    /**
     * @param names one for each pattern
     * @param patterns without masks of connections: those belong to one graph
     */
    public MotifCounts(List<String> names, List<Pattern> patterns) {
        if (names.size() != patterns.size() || !patterns.stream().allMatch(MotifCounts::fitsSamples)) {
            throw new IllegalArgumentException("a name for each pattern, and no masks of connections");
        }
        this.names = List.copyOf(names);
        this.patterns = List.copyOf(patterns);
        this.perTriad = patterns.stream().map(Pattern::perTriad).toList();
    }

    private static boolean fitsSamples(Pattern pattern) {
        return pattern.edges().stream().allMatch(e -> e.mask() == Mask.ALL)
                && pattern.absent().stream().allMatch(e -> e.mask() == Mask.ALL)
                && pattern.reaches().stream().allMatch(r -> r.mask() == Mask.ALL);
    }

    @Override
    public List<String> labels() {
        return names;
    }

    @Override
    public double[] of(Sample sample) {
        return of(sample, Parallel.serial());
    }

    @Override
    public double[] of(Sample sample, Parallel parallel) {
        // One census serves all motifs of three neurons.
        long[] census = perTriad.stream().anyMatch(Optional::isPresent) ? sample.triads() : null;
        double[] counts = new double[patterns.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = perTriad.get(i).isPresent()
                    ? PatternSearch.sum(perTriad.get(i).get(), census)
                    : new PatternSearch(sample.wiring(), patterns.get(i), parallel).count();
        }
        return counts;
    }

    /** Conditions on several neurons are tested on one thread. */
    @Override
    public boolean concurrent() {
        return patterns.stream().allMatch(p -> p.conditions().isEmpty());
    }
}
