package dev.meso.language.builtin.nulls;

import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Name;
import dev.meso.language.value.NullModelValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.NullModels;
import dev.meso.runtime.nulls.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * A declared null model and the runtime's model for what it preserves.
 *
 * @param name it was declared under
 */
public record ChosenModel(String name, NullModel model, Options options) {
    public static ChosenModel of(NullModelValue value) {
        List<String> statistics = new ArrayList<>();
        boolean autapses = false;
        for (Declaration.NullClause clause : value.declaration().clauses()) {
            switch (clause) {
                case Declaration.Preserve preserve -> {
                    for (Declaration.Statistic s : preserve.statistics()) {
                        String words = String.join(
                                " ", s.words().stream().map(Name::text).toList());
                        statistics.add((s.expected() ? "expected " : "") + words);
                    }
                }
                case Declaration.Shuffle shuffle ->
                    statistics.add("shuffle " + shuffle.what().text());
                case Declaration.Allow allow -> autapses |= allow.what().text().equals("autapses");
                case Declaration.Sample sample -> {
                    // Its arguments are among the options.
                }
            }
        }
        return new ChosenModel(
                value.name(), NullModels.preserving(statistics), new Options(stepsPerEdge(value), autapses));
    }

    private static double stepsPerEdge(NullModelValue value) {
        Object given = value.options().get("sample.per_edge");
        if (given == null) {
            return Options.DEFAULT.stepsPerEdge();
        }
        if (given instanceof Number steps && steps.doubleValue() > 0 && Double.isFinite(steps.doubleValue())) {
            return steps.doubleValue();
        }
        throw new MesoException(
                ErrorCode.WRONG_VALUE, "'per_edge' of the null model " + value.name() + " must be a positive number");
    }
}
