package dev.meso.language.builtin.models;

import dev.meso.language.typed.FunctionCode;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.LossValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.SymbolValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.LossTerms;
import dev.meso.runtime.mesoscale.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The terms of a declared loss, made by calling each with symbols. Mistakes inside a term are reported where it makes them. */
public final class TracedLoss implements LossTerms {
    private final LossValue loss;

    public TracedLoss(LossValue loss) {
        this.loss = loss;
    }

    @Override
    public List<String> names() {
        return loss.terms();
    }

    @Override
    public String source() {
        return loss.text();
    }

    @Override
    public List<String> symbols(String term) {
        List<String> names = new ArrayList<>();
        for (FunctionCode.ParameterCode parameter : loss.term(term).code().parameters()) {
            names.add(parameter.variable().name());
        }
        return names;
    }

    @Override
    public Symbol build(String term, Function<String, Symbol> symbols) {
        FunctionValue function = loss.term(term);
        List<String> names = symbols(term);
        Object[] arguments = new Object[names.size()];
        Symbol any = null;
        for (int i = 0; i < arguments.length; i++) {
            try {
                any = symbols.apply(names.get(i));
            } catch (MesoException e) {
                throw function.mistake(e);
            }
            arguments[i] = new SymbolValue(any);
        }
        if (any == null) {
            any = symbols.apply("next");
        }
        Object before = any.value().graph().origin("term " + term);
        try {
            Object result = function.callBound(arguments);
            if (result instanceof SymbolValue value && value.symbol().scalar()) {
                return value.symbol();
            }
            if (Operators.isNumber(result)) {
                return any.number(Operators.toDouble(result));
            }
            throw function.mistake(new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "the term " + term + " of the loss " + loss.name() + " is "
                            + (result instanceof SymbolValue value
                                    ? "an array of shape "
                                            + Arrays.toString(
                                                    value.symbol().value().shape())
                                    : Values.describe(result))
                            + ", not a single number",
                    "put `mean(…)` or `sum(…)` around it"));
        } finally {
            any.value().graph().origin(before);
        }
    }
}
