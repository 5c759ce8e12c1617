package dev.meso.runtime.nulls;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.HashSet;
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

    private static final List<NullModel> ALL = List.of(ER, GNM, GER, CFG, GCFG, DCFG, W);

    /** Preserved statistics whose models come with the block models. */
    private static final Set<String> LATER = Set.of("expected distance", "blocks", "expected blocks");

    private NullModels() {}

    /** All models, from the one that fixes least. */
    public static List<NullModel> all() {
        return ALL;
    }

    /**
     * The model that preserves exactly these statistics, in any order: {@code ["degrees", "reciprocal"]}, and
     * {@code ["connections", "shuffle weights"]} for the one that permutes weights.
     *
     * @throws MesoException where there is none, listing those that exist
     */
    public static NullModel preserving(List<String> statistics) {
        Set<String> wanted = new HashSet<>(statistics);
        for (NullModel model : ALL) {
            if (wanted.equals(new HashSet<>(model.preserves()))) {
                return model;
            }
        }
        String asked = String.join(", ", statistics);
        for (String statistic : statistics) {
            if (LATER.contains(statistic)) {
                throw new MesoException(
                        ErrorCode.NOT_YET,
                        "null models that preserve " + asked + " come with the block models, not in this version",
                        "the combinations that can be sampled are\n" + String.join("\n", combinations()));
            }
        }
        throw new MesoException(
                ErrorCode.NO_SAMPLER,
                "no sampler is known to be uniform over the graphs that preserve " + asked,
                "the combinations that can be sampled are\n" + String.join("\n", combinations()));
    }

    /** One line for each combination that exists: {@code preserve degrees (CFG)}. */
    public static List<String> combinations() {
        List<String> lines = new ArrayList<>();
        for (NullModel model : ALL) {
            List<String> kept = model.preserves();
            String text = "preserve " + String.join(", ", kept);
            lines.add(text.replace(", shuffle weights", "; shuffle weights") + " (" + model.name() + ")");
        }
        return lines;
    }
}
