package dev.meso.language.parse;

import static dev.meso.language.parse.TreeBuilder.span;

import dev.meso.grammar.MesoLexer;
import dev.meso.grammar.MesoParser;
import dev.meso.grammar.MesoParserBaseVisitor;
import dev.meso.language.ast.Argument;
import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Null models, motifs, modules, losses, models and dynamics. */
final class DeclarationBuilder extends MesoParserBaseVisitor<Declaration> {
    private final TreeBuilder tree;

    DeclarationBuilder(TreeBuilder tree) {
        this.tree = tree;
    }

    Declaration build(MesoParser.DeclarationContext context) {
        return context.accept(this);
    }

    // ---- Null models -----------------------------------------------------------------------------------------

    @Override
    public Declaration visitNullModel(MesoParser.NullModelContext context) {
        List<Declaration.NullClause> clauses = new ArrayList<>(context.items.size());
        for (MesoParser.NullClauseContext item : context.items) {
            clauses.add(nullClause(item));
        }
        return new Declaration.NullModel(
                span(context), tree.name(context.target), Collections.unmodifiableList(clauses), tree.doc(context));
    }

    private Declaration.NullClause nullClause(MesoParser.NullClauseContext context) {
        if (context instanceof MesoParser.PreserveClauseContext preserve) {
            List<Declaration.Statistic> statistics = new ArrayList<>(preserve.items.size());
            for (MesoParser.StatisticContext item : preserve.items) {
                statistics.add(statistic(item));
            }
            return new Declaration.Preserve(span(context), Collections.unmodifiableList(statistics));
        }
        if (context instanceof MesoParser.ShuffleClauseContext shuffle) {
            return new Declaration.Shuffle(span(context), tree.name(shuffle.what));
        }
        if (context instanceof MesoParser.SampleClauseContext sample) {
            List<Argument> arguments = tree.arguments(sample.arguments());
            return new Declaration.Sample(span(context), tree.name(sample.method), arguments);
        }
        return new Declaration.Allow(span(context), tree.name(((MesoParser.AllowClauseContext) context).what));
    }

    private Declaration.Statistic statistic(MesoParser.StatisticContext context) {
        List<Argument> arguments = context.open == null ? null : tree.arguments(context.arguments());
        return new Declaration.Statistic(span(context), context.EXPECTED() != null, names(context.words), arguments);
    }

    private List<Name> names(List<? extends ParserRuleContext> words) {
        List<Name> names = new ArrayList<>(words.size());
        for (ParserRuleContext word : words) {
            names.add(tree.name(word));
        }
        return Collections.unmodifiableList(names);
    }

    // ---- Motifs ----------------------------------------------------------------------------------------------

    @Override
    public Declaration visitMotif(MesoParser.MotifContext context) {
        List<Declaration.MotifClause> clauses = new ArrayList<>(context.items.size());
        for (MesoParser.MotifClauseContext item : context.items) {
            clauses.add(motifClause(item));
        }
        return new Declaration.Motif(
                span(context),
                tree.name(context.target),
                tree.parameters(context.formals),
                context.INDUCED() != null,
                Collections.unmodifiableList(clauses),
                tree.doc(context));
    }

    private Declaration.MotifClause motifClause(MesoParser.MotifClauseContext context) {
        if (context instanceof MesoParser.WhereClauseContext where) {
            return new Declaration.Where(span(context), tree.condition(where.test));
        }
        MesoParser.PathClauseContext path = (MesoParser.PathClauseContext) context;
        List<Declaration.Link> links = new ArrayList<>(1);
        for (MesoParser.LinkContext link : path.link()) {
            links.add(link(link));
        }
        if (links.isEmpty() && path.first.getStart().getType() == MesoLexer.WHERE) {
            tree.refuse(span(path), "the condition is missing after `where`", "write `where a.name == \"AVAL\"`");
        }
        return new Declaration.Path(span(context), motifNode(path.first), Collections.unmodifiableList(links));
    }

    private Declaration.Link link(MesoParser.LinkContext context) {
        Expression predicate = null;
        for (MesoParser.LinkPredicateContext written : context.predicates) {
            if (predicate != null) {
                tree.refuse(span(written), "a connection has one condition", "join conditions with `and`");
            }
            predicate = tree.condition(written.test);
        }
        Expression hops = null;
        for (MesoParser.LinkRangeContext written : context.ranges) {
            if (hops != null) {
                tree.refuse(span(written), "`within` stands twice", "remove one of them");
            }
            hops = tree.expressions.build(written.hops);
        }
        Token sign = context.arrow().getStart();
        return new Declaration.Link(span(context), arrow(sign), span(sign), motifNode(context.target), predicate, hops);
    }

    private Declaration.Arrow arrow(Token sign) {
        return switch (sign.getType()) {
            case MesoLexer.ARROW_TO -> Declaration.Arrow.TO;
            case MesoLexer.ARROW_FROM -> Declaration.Arrow.FROM;
            case MesoLexer.ARROW_MUTUAL -> Declaration.Arrow.MUTUAL;
            case MesoLexer.ARROW_ABSENT -> Declaration.Arrow.ABSENT;
            default -> {
                Declaration.Arrow meant =
                        switch (sign.getText()) {
                            case "←", "<--" -> Declaration.Arrow.FROM;
                            case "↔", "⇄", "<-->" -> Declaration.Arrow.MUTUAL;
                            case "!->", "-/->" -> Declaration.Arrow.ABSENT;
                            default -> Declaration.Arrow.TO;
                        };
                tree.refuse(
                        sign,
                        "`" + sign.getText() + "` is no arrow of a motif",
                        "write `" + meant.symbol() + "` (the arrows are -> <- <-> !>)");
                yield meant;
            }
        };
    }

    private Name motifNode(MesoParser.MotifNodeContext context) {
        if (!context.MINUS().isEmpty()) {
            String written = tree.slice(span(context).start(), span(context).end());
            tree.refuse(
                    span(context),
                    "the name of a motif variable has no hyphen",
                    "write `" + written.replace('-', '_').replace(" ", "")
                            + "`; to ask for a certain neuron write `where a.name == \"" + written + "\"`");
        }
        return tree.name(context.target);
    }

    // ---- Functional modules ----------------------------------------------------------------------------------

    @Override
    public Declaration visitModule(MesoParser.ModuleContext context) {
        List<Declaration.ModuleClause> clauses = new ArrayList<>(context.items.size());
        for (MesoParser.ModuleClauseContext item : context.items) {
            clauses.add(moduleClause(item));
        }
        return new Declaration.Module(
                span(context), tree.name(context.target), Collections.unmodifiableList(clauses), tree.doc(context));
    }

    private Declaration.ModuleClause moduleClause(MesoParser.ModuleClauseContext context) {
        if (context instanceof MesoParser.SettingClauseContext setting) {
            Expression value = tree.expressions.build(setting.value);
            return new Declaration.Setting(span(context), tree.name(setting.keyword), value);
        }
        List<Declaration.Layer> layers = new ArrayList<>();
        for (MesoParser.LayerContext layer : ((MesoParser.LayersClauseContext) context).items) {
            layers.add(layer(layer));
        }
        return new Declaration.Layers(span(context), Collections.unmodifiableList(layers));
    }

    private Declaration.Layer layer(MesoParser.LayerContext context) {
        if (context instanceof MesoParser.OptionalLayerContext layer) {
            return new Declaration.Layer(span(context), tree.name(layer.keyword), List.of(), true);
        }
        MesoParser.MenuLayerContext layer = (MesoParser.MenuLayerContext) context;
        return new Declaration.Layer(
                span(context), tree.name(layer.keyword), values(layer.values), layer.OPTIONAL() != null);
    }

    private List<Expression> values(List<MesoParser.ExpressionContext> contexts) {
        List<Expression> values = new ArrayList<>(contexts.size());
        for (MesoParser.ExpressionContext value : contexts) {
            values.add(tree.expressions.build(value));
        }
        return Collections.unmodifiableList(values);
    }

    // ---- Losses and models -----------------------------------------------------------------------------------

    @Override
    public Declaration visitLoss(MesoParser.LossContext context) {
        List<Declaration.Term> terms = new ArrayList<>(context.items.size());
        for (MesoParser.LossTermContext item : context.items) {
            terms.add(new Declaration.Term(span(item), tree.name(item.target), tree.expressions.build(item.value)));
        }
        return new Declaration.Loss(
                span(context), tree.name(context.target), Collections.unmodifiableList(terms), tree.doc(context));
    }

    @Override
    public Declaration visitModel(MesoParser.ModelContext context) {
        List<Declaration.ModelClause> clauses = new ArrayList<>(context.items.size());
        for (MesoParser.ModelClauseContext item : context.items) {
            Name whole = item.whole == null ? null : tree.name(item.whole);
            clauses.add(new Declaration.ModelClause(span(item), tree.name(item.keyword), values(item.values), whole));
        }
        return new Declaration.Model(
                span(context), tree.name(context.target), Collections.unmodifiableList(clauses), tree.doc(context));
    }

    // ---- Dynamics --------------------------------------------------------------------------------------------

    @Override
    public Declaration visitDynamics(MesoParser.DynamicsContext context) {
        List<Declaration.DynamicsClause> clauses = new ArrayList<>(context.items.size());
        for (MesoParser.DynamicsClauseContext item : context.items) {
            clauses.add(dynamicsClause(item));
        }
        return new Declaration.Dynamics(
                span(context),
                tree.name(context.target),
                tree.parameters(context.formals),
                Collections.unmodifiableList(clauses),
                tree.doc(context));
    }

    private Declaration.DynamicsClause dynamicsClause(MesoParser.DynamicsClauseContext context) {
        if (context instanceof MesoParser.StateClauseContext state) {
            return state(state);
        }
        if (context instanceof MesoParser.DerivedClauseContext derived) {
            Expression value = tree.expressions.build(derived.value);
            return new Declaration.Derived(span(context), tree.name(derived.target), value);
        }
        if (context instanceof MesoParser.EquationClauseContext equation) {
            String primed = equation.target.getText();
            Span name = new Span(equation.target.getStartIndex(), equation.target.getStopIndex());
            return new Declaration.Equation(
                    span(context),
                    new Name(name, primed.substring(0, primed.length() - 1)),
                    tree.expressions.build(equation.value));
        }
        if (context instanceof MesoParser.SpikeClauseContext spike) {
            return new Declaration.SpikeWhen(span(context), tree.condition(spike.test), effects(spike.items));
        }
        return new Declaration.OnSpike(span(context), effects(((MesoParser.OnSpikeClauseContext) context).items));
    }

    private Declaration.State state(MesoParser.StateClauseContext context) {
        Name name = tree.name(context.target);
        Name over = name;
        if (context.over == null) {
            tree.refuse(
                    name.span(),
                    "it is not said what `" + name.text() + "` is one of for each",
                    "write `" + context.kind.getText() + " " + name.text() + "[neurons]`");
        } else {
            over = tree.name(context.over);
        }
        Expression initial = context.initial == null ? null : tree.expressions.build(context.initial);
        return new Declaration.State(span(context), context.kind.getType() == MesoLexer.INPUT, name, over, initial);
    }

    private List<Declaration.SpikeEffect> effects(List<MesoParser.SpikeEffectContext> contexts) {
        List<Declaration.SpikeEffect> effects = new ArrayList<>(contexts.size());
        for (MesoParser.SpikeEffectContext context : contexts) {
            effects.add(effect(context));
        }
        return Collections.unmodifiableList(effects);
    }

    private Declaration.SpikeEffect effect(MesoParser.SpikeEffectContext context) {
        if (context instanceof MesoParser.RefractoryEffectContext refractory) {
            return new Declaration.Refractory(span(context), tree.expressions.build(refractory.duration));
        }
        MesoParser.AssignEffectContext assign = (MesoParser.AssignEffectContext) context;
        Expression target = tree.expressions.build(assign.target);
        if (!(target instanceof Expression.Variable) && !(target instanceof Expression.Member)) {
            tree.refuse(target.span(), "a spike changes a state", "write `v = …` or `post.v += …`");
        }
        BinaryOperator operator = tree.statements.operator(assign.operator);
        Expression value = tree.expressions.build(assign.value);
        Expression delay = assign.delay == null ? null : tree.expressions.build(assign.delay);
        return new Declaration.Effect(span(context), target, operator, value, delay);
    }
}
