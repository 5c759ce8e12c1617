package dev.meso.language.check;

import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.NullModels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The null models of the runtime, and those that come with the block models: they can be declared but not used yet. */
public final class RuntimeNullModels implements Environment.NullModels {
    private static final List<Set<String>> LATER = List.of(Set.of("expected distance"), Set.of("degrees", "blocks"));

    @Override
    public boolean known(Set<String> statistics) {
        for (NullModel model : NullModels.all()) {
            if (statistics.equals(new HashSet<>(model.preserves()))) {
                return true;
            }
        }
        return LATER.contains(statistics);
    }

    @Override
    public List<String> combinations() {
        return NullModels.combinations();
    }
}
