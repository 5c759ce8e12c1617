package dev.meso.language.ast;

import java.util.List;

/** The declarations that make Meso what it is. Each binds an immutable value to its name. */
public sealed interface Declaration {
    Span span();

    Name name();

    /** The text of the {@code ///} comment before it, or null. */
    String doc();

    // ---- null models ------------------------------------------------------------------------------------------

    /** {@code null gCFG { preserve degrees, reciprocal; sample switching(per_edge: 100) }}. */
    record NullModel(Span span, Name name, List<NullClause> clauses, String doc) implements Declaration {}

    sealed interface NullClause {
        Span span();
    }

    record Preserve(Span span, List<Statistic> statistics) implements NullClause {}

    /**
     * One preserved statistic: {@code expected edges}, {@code reciprocal degrees}, {@code blocks(region)}. {@code words}
     * are the words without {@code expected}; {@code arguments} is null where there are no brackets.
     */
    record Statistic(Span span, boolean expected, List<Name> words, List<Argument> arguments) {
        /** {@code reciprocal degrees}. */
        public String text() {
            return String.join(" ", words.stream().map(Name::text).toList());
        }

        /** The bare name in the brackets: a column, or {@code latent}; null where there is none. */
        public String column() {
            for (Argument argument : arguments == null ? List.<Argument>of() : arguments) {
                if (argument.name() == null && argument.value() instanceof Expression.Variable variable) {
                    return variable.name();
                }
            }
            return null;
        }

        /** Whether its value is to be fitted. */
        public boolean latent() {
            return column() != null && column().equals("latent");
        }

        /** As the registry of null models knows it: {@code expected edges}, {@code blocks}, {@code blocks(latent)}. */
        public String key() {
            return (expected ? "expected " : "") + text() + (latent() ? "(latent)" : "");
        }
    }

    /** {@code shuffle weights}. */
    record Shuffle(Span span, Name what) implements NullClause {}

    /** {@code sample switching(per_edge: 100)}. */
    record Sample(Span span, Name method, List<Argument> arguments) implements NullClause {}

    /** {@code autapses allowed}. */
    record Allow(Span span, Name what) implements NullClause {}

    // ---- motifs -----------------------------------------------------------------------------------------------

    /** {@code motif exact3 induced { a -> b; b -> c }}; {@code parameters} is empty where there are none. */
    record Motif(
            Span span, Name name, List<Parameter> parameters, boolean induced, List<MotifClause> clauses, String doc)
            implements Declaration {}

    sealed interface MotifClause {
        Span span();
    }

    /** {@code a -> b -> c [synapses >= 5] within k hops}: a chain holds one link more than edges. */
    record Path(Span span, Name first, List<Link> links) implements MotifClause {}

    /** {@code predicate} is the expression in {@code […]}, {@code hops} that of {@code within … hops}; both may be null. */
    record Link(Span span, Arrow arrow, Span arrowSpan, Name target, Expression predicate, Expression hops) {}

    enum Arrow {
        TO("->"),
        FROM("<-"),
        MUTUAL("<->"),
        ABSENT("!>");

        private final String symbol;

        Arrow(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** {@code where e.nt == "ACH" and i.nt == "GABA"}. */
    record Where(Span span, Expression condition) implements MotifClause {}

    // ---- functional modules ------------------------------------------------------------------------------------

    /** {@code module Column { layers { … } domain sphere(…) interface linear(…) }}. Clauses in source order. */
    record Module(Span span, Name name, List<ModuleClause> clauses, String doc) implements Declaration {}

    sealed interface ModuleClause {
        Span span();
    }

    record Layers(Span span, List<Layer> layers) implements ModuleClause {}

    /** {@code domain sphere(diameter: 40 um)}, {@code interface linear(rank: 4)}: {@code value} is a call or a name. */
    record Setting(Span span, Name keyword, Expression value) implements ModuleClause {}

    /**
     * One line of the layer menu: {@code dense 4..32 step 4}, {@code choose relu, max_pool(2)}, {@code repeat 1..3},
     * {@code skip optional}. {@code values} are the expressions after the keyword, {@code optional} whether the word
     * ends the line.
     */
    record Layer(Span span, Name keyword, List<Expression> values, boolean optional) {}

    // ---- losses and models ------------------------------------------------------------------------------------

    record Loss(Span span, Name name, List<Term> terms, String doc) implements Declaration {}

    record Term(Span span, Name name, Expression value) {}

    /** {@code model Worm { structure worm … }}. */
    record Model(Span span, Name name, List<ModelClause> clauses, String doc) implements Declaration {}

    /** {@code basis 4 of Column}: {@code of} is null where the word is absent; {@code features simplices, degrees}. */
    record ModelClause(Span span, Name keyword, List<Expression> values, Name of) {}

    // ---- dynamics ---------------------------------------------------------------------------------------------

    record Dynamics(Span span, Name name, List<Parameter> parameters, List<DynamicsClause> clauses, String doc)
            implements Declaration {}

    sealed interface DynamicsClause {
        Span span();
    }

    /** {@code state r[neurons] = 0} ({@code input} false) or {@code input b[neurons] = 0}; {@code initial} may be null. */
    record State(Span span, boolean input, Name name, Name over, Expression initial) implements DynamicsClause {}

    /** {@code let drive = rest - v + s}. */
    record Derived(Span span, Name name, Expression value) implements DynamicsClause {}

    /** {@code v' = drive / tau}. */
    record Equation(Span span, Name name, Expression value) implements DynamicsClause {}

    /** {@code spike when v > threshold { v = rest; refractory 2.2 ms }}. */
    record SpikeWhen(Span span, Expression condition, List<SpikeEffect> effects) implements DynamicsClause {}

    /** {@code on spike { post.s += weight * 0.275 mV after 1.8 ms }}. */
    record OnSpike(Span span, List<SpikeEffect> effects) implements DynamicsClause {}

    sealed interface SpikeEffect {
        Span span();
    }

    /** {@code post.s += x after d}: {@code operator} is null for {@code =}; {@code delay} may be null. */
    record Effect(Span span, Expression target, BinaryOperator operator, Expression value, Expression delay)
            implements SpikeEffect {}

    record Refractory(Span span, Expression duration) implements SpikeEffect {}
}
