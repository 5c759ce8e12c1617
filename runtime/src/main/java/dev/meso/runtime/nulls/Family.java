package dev.meso.runtime.nulls;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A null model as a declaration writes it, before it is known for which graph.
 *
 * @param name the usual short name, {@code NPC}
 * @param preserves the statistics, {@code ["degrees", "blocks"]}
 * @param maker makes the model of what the declaration names; models that need nothing but the wiring ignore it
 */
public record Family(String name, List<String> preserves, Function<Given, NullModel> maker) {
    /** What a statistic that names a value may name. */
    private static final Map<String, String> EXAMPLES =
            Map.of("blocks", "(region)", "expected distance", "(bins: 10 um)");

    /** Of a model that needs nothing but the wiring. */
    static Family of(NullModel model) {
        return new Family(model.name(), model.preserves(), given -> model);
    }

    /** The model with the values named. */
    public NullModel with(Given given) {
        return maker.apply(given);
    }

    /** {@code preserve degrees, blocks(region) (NPC)}. */
    String combination() {
        StringBuilder text = new StringBuilder("preserve");
        for (String statistic : preserves) {
            boolean shuffled = statistic.startsWith("shuffle ");
            text.append(text.toString().equals("preserve") ? " " : shuffled ? "; " : ", ");
            text.append(statistic).append(EXAMPLES.getOrDefault(statistic, ""));
        }
        return text + " (" + name + ")";
    }
}
