package dev.meso.runtime.network;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.nulls.Certificate;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.stats.Statistic;
import dev.meso.runtime.stats.WiringStatistic;
import dev.meso.runtime.task.Parallel;
import java.util.List;

/**
 * Whether a network is more clustered than its null model while its paths are hardly longer: γ = C / C₀, λ = L / L₀, S = γ / λ, with the
 * means C₀ and L₀ over samples. Humphries MD, Gurney K (2008). Network 'small-world-ness': a quantitative method for determining canonical network
 * equivalence. PLoS ONE 3:e0002051.
 *
 * @param clustering C of the observed graph
 * @param pathLength L of the observed graph
 * @param certificate of the ensemble
 */
public record SmallWorld(Comparison.Row clustering, Comparison.Row pathLength, Certificate certificate) {
    /**
     * @param kind of clustering
     * @param directed whether paths follow the direction of connections
     * @param sources the neurons from which paths are measured, the same in every graph; null for all
     * @throws MesoException where the observed graph or a sample has no clustering or no path
     */
    public static SmallWorld of(
            Ensemble ensemble, Clustering.Kind kind, boolean directed, int[] sources, Parallel parallel) {
        Statistic clustering = kind == Clustering.Kind.UNDIRECTED
                ? Clustering.STATISTIC
                : WiringStatistic.number("clustering", (wiring, threads) -> Clustering.of(wiring, kind, threads));
        Statistic pathLength = WiringStatistic.number("path_length", (wiring, threads) -> {
            Distances distances = sources == null
                    ? Distances.all(wiring, directed, threads)
                    : Distances.from(wiring, sources, directed, threads);
            return distances.mean();
        });
        Comparison.Result result = Comparison.of(List.of(clustering, pathLength), List.of(ensemble), parallel);
        return new SmallWorld(
                result.rows().get(0),
                result.rows().get(1),
                result.certificates().get(0));
    }

    /** C / C₀; infinite where no sample has a triangle. */
    public double gamma() {
        return clustering.observed() / clustering.expected();
    }

    /** L / L₀. */
    public double lambda() {
        return pathLength.observed() / pathLength.expected();
    }

    /** γ / λ: above 1 for a small world. */
    public double smallWorldness() {
        return gamma() / lambda();
    }
}
