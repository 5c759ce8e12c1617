package dev.meso.language.check;

import dev.meso.runtime.nulls.NullModels;
import java.util.List;
import java.util.Set;

/** The null models of the runtime. */
public final class RuntimeNullModels implements Environment.NullModels {
    @Override
    public boolean known(Set<String> statistics) {
        return NullModels.known(statistics);
    }

    @Override
    public List<String> combinations() {
        return NullModels.combinations();
    }
}
