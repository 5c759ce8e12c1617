package dev.meso.runtime.nulls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was sampled and how well. Figures of chains are those of the walk from the observed graph to the hub of the ensemble, so they do
 * not depend on how many samples were drawn.
 *
 * @param model the null model's name
 * @param preserves the statistics it preserves
 * @param space the space sampled, in words
 * @param seed of all samples
 * @param chained false where samples are independent draws; then the figures of chains are NaN
 * @param stepsPerEdge steps for each sample, per connection
 * @param acceptance the part of proposed moves that were made
 * @param lambda the penalty for leaving the space, in nats; NaN for chains that never do
 * @param inSpace the part of steps that stood in the space
 * @param mixing what the samples are worth for one statistic; null where none was asked for
 * @param merged parallel connections of the observed graph that were merged
 * @param dropped autapses of the observed graph that were dropped
 */
public record Certificate(
        String model,
        List<String> preserves,
        String space,
        long seed,
        boolean chained,
        double stepsPerEdge,
        double acceptance,
        double lambda,
        double inSpace,
        Mixing mixing,
        long merged,
        long dropped) {
    /**
     * How fast a statistic forgets along the chain.
     *
     * @param statistic the slowest of those asked for
     * @param time integrated autocorrelation time, in steps per connection
     * @param correlation of the statistic between the ends of one sample's steps, as that time implies
     * @param effective how many independent samples the ensemble is worth for its mean
     * @param samples drawn
     */
    public record Mixing(String statistic, double time, double correlation, double effective, int samples) {
        /** Above this correlation the samples remember where they started. */
        public static final double LIMIT = 0.1;

        /** Whether a sample has forgotten its start. */
        public boolean mixed() {
            return correlation < LIMIT;
        }
    }

    /** With what was found about a statistic. */
    public Certificate with(Mixing newMixing) {
        return new Certificate(
                model,
                preserves,
                space,
                seed,
                chained,
                stepsPerEdge,
                acceptance,
                lambda,
                inSpace,
                newMixing,
                merged,
                dropped);
    }

    /** What to be careful about, in sentences; empty where nothing is. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (chained && mixing != null && !mixing.mixed()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the chain has not mixed: '%s' keeps a correlation of %.2f over the %.4g steps per edge of a sample; p-values "
                            + "hold all the same, but expected, sd and z are pulled towards the observed graph; try sample "
                            + "switching(per_edge: %.0f)",
                    mixing.statistic(),
                    mixing.correlation(),
                    stepsPerEdge,
                    Math.ceil(5 * mixing.time())));
        }
        if (chained && acceptance == 0) {
            warnings.add("no move was accepted: this may be the only graph of the space");
        }
        if (inSpace < 0.01) {
            warnings.add(String.format(
                    Locale.ROOT, "only %.2g of the steps stood in the space, so samples are costly", inSpace));
        }
        return warnings;
    }

    /** Several lines for people. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append(model).append(": ").append(space).append('\n');
        if (chained) {
            text.append(String.format(
                    Locale.ROOT, "  %.4g steps per edge and sample, %.3f accepted", stepsPerEdge, acceptance));
            if (!Double.isNaN(lambda)) {
                text.append(String.format(
                        Locale.ROOT, ", penalty lambda %.3f, %.3f of the steps in the space", lambda, inSpace));
            }
            text.append("; samples start from one common state\n");
            if (mixing != null) {
                text.append(String.format(
                        Locale.ROOT,
                        "  slowest statistic '%s': autocorrelation time %.3g steps per edge, correlation %.2g over a sample, "
                                + "%d samples worth %.0f\n",
                        mixing.statistic(),
                        mixing.time(),
                        mixing.correlation(),
                        mixing.samples(),
                        mixing.effective()));
            }
        } else {
            text.append("  independent draws\n");
        }
        text.append("  seed ").append(seed);
        if (merged > 0 || dropped > 0) {
            text.append("; ").append(merged).append(" parallel connections merged, ");
            text.append(dropped).append(" autapses dropped");
        }
        for (String warning : warnings()) {
            text.append("\n  warning: ").append(warning);
        }
        return text.toString();
    }
}
