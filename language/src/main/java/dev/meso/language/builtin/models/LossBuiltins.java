package dev.meso.language.builtin.models;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.SymbolValue;
import dev.meso.runtime.mesoscale.Symbol;
import dev.meso.runtime.tensor.Node;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What terms of a loss are made of. Each takes symbols of a model and gives one; names that numbers and columns have too are
 * cases of the same built-in.
 */
public final class LossBuiltins {
    private static final String GROUP = "losses";
    private static final String X = "a symbol of a model";

    private LossBuiltins() {}

    public static List<Builtin> all() {
        return List.of(
                ofSymbol("abs", "x", "Entry by entry of a symbol of a model.", s -> s.map(Node::abs)),
                ofSymbol("exp", "x", "Entry by entry of a symbol.", s -> s.map(Node::exp)),
                ofSymbol("log", "x", "Entry by entry of a symbol, of at least 1e-12.", Symbol::log),
                ofSymbol("sqrt", "x", "Entry by entry of a symbol, of at least 1e-12.", Symbol::sqrt),
                ofSymbol("tanh", "x", "Entry by entry of a symbol.", s -> s.map(Node::tanh)),
                ofSymbol("sum", "xs", "Of a symbol: over all entries that are not missing.", Symbol::sum),
                ofSymbol("mean", "xs", "Of a symbol: over all entries that are not missing.", Symbol::mean),
                extreme("max", true, Node::maximum),
                extreme("min", false, Node::minimum),
                term("l1", "The sum of the sizes of all entries.", s -> s.map(Node::abs)
                        .sum()),
                term("l2", "The sum of the squares of all entries.", s -> s.map(Node::square)
                        .sum()),
                term(
                        "overlap",
                        "How much assignments overlap: the sum of p (1 - p), 0 where every neuron belongs to one pair of location and module.",
                        Symbol::overlap),
                term("entropy", "The sum of -p log p over all entries, in nats.", Symbol::entropy),
                term(
                        "complexity",
                        "The expected number of free parameters of the layers under their switches, over all modules.",
                        Symbol::sum),
                Builtin.named("clip")
                        .group(GROUP)
                        .about("Entry by entry at least `low` and at most `high`.")
                        .parameter("x", Kind.ANY, X)
                        .parameter("low", Kind.NUMBER, "the least value")
                        .parameter("high", Kind.NUMBER, "the greatest value")
                        .returns(Kind.ANY, "a symbol")
                        .runs(call -> {
                            double low = call.number(1);
                            double high = call.number(2);
                            if (!(low <= high)) {
                                throw call.bad(2, "`high` is below `low`");
                            }
                            return new SymbolValue(symbol(call, 0).map(x -> x.clip(low, high)));
                        }),
                Builtin.named("huber")
                        .group(GROUP)
                        .about("Entry by entry half the square up to `delta` and linear beyond.")
                        .detail("Huber 1964, Ann Math Stat 35:73-101.")
                        .parameter("x", Kind.ANY, X)
                        .optional("delta", Kind.NUMBER, "where the straight part begins; 1 where left out")
                        .returns(Kind.ANY, "a symbol")
                        .runs(call -> {
                            double delta = call.number(1, 1);
                            if (!(delta > 0)) {
                                throw call.bad(1, "`delta` must be positive");
                            }
                            return new SymbolValue(symbol(call, 0).huber(delta));
                        }),
                two("mse", "The mean squared difference.", (a, b) -> a.with(b, Node::subtract)
                        .map(Node::square)
                        .mean()),
                Builtin.named("correlation")
                        .when(SymbolValue.class)
                        .group(GROUP)
                        .about("Of symbols: that of all entries.")
                        .parameter("xs", Kind.ANY, X)
                        .parameter("ys", Kind.ANY, X)
                        .runs(call -> new SymbolValue(symbol(call, 0).correlation(symbol(call, 1)))),
                two(
                        "cross_entropy",
                        "How surprising the classes of the behavior are: minus the mean of the logarithm of the probability predicted, in nats.",
                        Symbol::crossEntropy),
                two(
                        "poisson",
                        "The mean of rate - count log(rate): the misfit of predicted rates to counts.",
                        Symbol::poisson));
    }

    private static Symbol symbol(Call call, int index) {
        return call.value(index, SymbolValue.class, X).symbol();
    }

    /** A case of a built-in that numbers and columns have too; its parameter has that one's name. */
    private static Builtin ofSymbol(String name, String parameter, String about, UnaryOperator<Symbol> function) {
        return Builtin.named(name)
                .when(SymbolValue.class)
                .group(GROUP)
                .about(about)
                .parameter(parameter, Kind.ANY, X)
                .runs(call -> new SymbolValue(function.apply(symbol(call, 0))));
    }

    private static Builtin extreme(String name, boolean greatest, BinaryOperator<Node> function) {
        return Builtin.named(name)
                .when(SymbolValue.class)
                .group(GROUP)
                .about("Of a symbol: the " + (greatest ? "greatest" : "least")
                        + " entry; with more arguments, entry by entry.")
                .parameter("xs", Kind.ANY, X)
                .rest("more", Kind.ANY, "symbols or numbers")
                .runs(call -> {
                    Symbol result = symbol(call, 0);
                    Object[] more = call.rest(1);
                    if (more.length == 0) {
                        return new SymbolValue(result.extreme(greatest));
                    }
                    for (Object other : more) {
                        result = result.with(SymbolValue.operand(other, result.value()), function);
                    }
                    return new SymbolValue(result);
                });
    }

    private static Builtin term(String name, String about, UnaryOperator<Symbol> function) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("x", Kind.ANY, X)
                .returns(Kind.ANY, "a single number, as a symbol")
                .runs(call -> new SymbolValue(function.apply(symbol(call, 0))));
    }

    private static Builtin two(String name, String about, BinaryOperator<Symbol> function) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("given", Kind.ANY, "a symbol: what is to be predicted")
                .parameter("predicted", Kind.ANY, "a symbol: what the model says")
                .returns(Kind.ANY, "a single number, as a symbol")
                .runs(call -> new SymbolValue(function.apply(symbol(call, 0), symbol(call, 1))));
    }
}
