package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** All null models there are: one line each. */
public final class NullModels {
    public static final NullModel ER = new ER();
    public static final NullModel GNM = new GNM();
    public static final NullModel GER = new GER();
    public static final NullModel CFG = new CFG();
    public static final NullModel GCFG = new GCFG();
    public static final NullModel DCFG = new DCFG();
    public static final NullModel W = new W();

    private static final List<Family> ALL = List.of(
            Family.of(ER),
            Family.of(GNM),
            Family.of(GER),
            Family.of(CFG),
            Family.of(GCFG),
            Family.of(DCFG),
            new Family("SBM", List.of("blocks"), given -> new SBM("SBM", given.blocks())),
            new Family("SBM", List.of("blocks(latent)"), given -> new SBM("SBM", given.latent(false))),
            new Family("NPC", List.of("degrees", "blocks"), given -> new NPC("NPC", given.blocks())),
            new Family("DCSBM", List.of("degrees", "blocks(latent)"), given -> new NPC("DCSBM", given.latent(true))),
            new Family("PM", List.of("expected distance"), given -> new PM(given.distances())),
            Family.of(W));

    private NullModels() {}

    /** All families of models, from the one that fixes least. */
    public static List<Family> all() {
        return ALL;
    }

    /** Whether there is a model that preserves exactly these statistics. */
    public static boolean known(Collection<String> statistics) {
        return ALL.stream().anyMatch(f -> Set.copyOf(f.preserves()).equals(Set.copyOf(statistics)));
    }

    /**
     * The models that preserve exactly these statistics, in any order: {@code ["degrees", "reciprocal"]}, {@code ["degrees", "blocks(latent)"]}, and
     * {@code ["connections", "shuffle weights"]} for the one that permutes weights.
     *
     * @throws MesoException where there is none, listing those that exist
     */
    public static Family preserving(List<String> statistics) {
        for (Family family : ALL) {
            if (Set.copyOf(family.preserves()).equals(Set.copyOf(statistics))) {
                return family;
            }
        }
        throw new MesoException(
                ErrorCode.NO_SAMPLER,
                "no sampler is known to be uniform over the graphs that preserve " + String.join(", ", statistics),
                "the combinations that can be sampled are\n" + String.join("\n", combinations()));
    }

    /** One line for each combination that exists: {@code preserve degrees (CFG)}. */
    public static List<String> combinations() {
        return ALL.stream().map(Family::combination).toList();
    }
}
