package dev.meso.language.check;

import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Parameter;
import dev.meso.language.ast.Span;
import dev.meso.language.check.Scopes.Binding;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.FunctionScope;
import dev.meso.language.check.Scopes.State;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Variable;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks dynamics: equations of declared states, each once, with units that fit; spikes. */
final class DynamicsCheck {
    private final Session session;
    private final Expressions expressions;
    private final ClauseCheck clauses;
    private final Map<String, Declaration.State> states = new LinkedHashMap<>();

    DynamicsCheck(Session session, Expressions expressions, ClauseCheck clauses) {
        this.session = session;
        this.expressions = expressions;
        this.clauses = clauses;
    }

    void check(BlockScope at, Declaration.Dynamics dynamics) {
        FunctionScope function = new FunctionScope(at.function);
        BlockScope scope = new BlockScope(at, function);
        expressions.parameters(scope, dynamics.parameters());
        for (Parameter p : dynamics.parameters()) {
            // A unit given by a default is the unit of the parameter.
            Expression value = p.defaultValue() instanceof Expression.Negate n ? n.operand() : p.defaultValue();
            if (value instanceof Expression.QuantityLiteral q) {
                Unit unit = unitOrNull(q.unit());
                scope.names.get(p.name().text()).type = unit == null ? Type.UNKNOWN : new Type.Quantity(unit);
            }
        }
        declare(scope, dynamics);
        Map<String, Span> equations = new LinkedHashMap<>();
        Map<String, Span> once = new LinkedHashMap<>();
        Declaration.OnSpike orphan = null;
        for (Declaration.DynamicsClause clause : dynamics.clauses()) {
            switch (clause) {
                case Declaration.State s -> {}
                case Declaration.Derived d -> {
                    Type type = expressions.check(scope, d.value()).type();
                    Binding binding = scope.names.get(d.name().text());
                    binding.type = type;
                    binding.state = State.DEFINED;
                }
                case Declaration.Equation e -> equation(scope, e, equations);
                case Declaration.SpikeWhen s -> {
                    clauses.verifyOnce(once, "spike when", s.span());
                    Type type = expressions.check(scope, s.condition()).type();
                    expressions.operators.condition(type, s.condition().span(), "'spike when'");
                    effects(scope, s.effects(), false);
                }
                case Declaration.OnSpike s -> {
                    clauses.verifyOnce(once, "on spike", s.span());
                    orphan = s;
                    effects(spikeScope(scope, s.span()), s.effects(), true);
                }
            }
        }
        if (orphan != null && !once.containsKey("spike when")) {
            session.report(session.error(
                            ErrorCode.MISSING_CLAUSE, orphan.span(), "'on spike' needs a 'spike when' that says when")
                    .withHint("add a line such as 'spike when v > threshold { v = rest }'"));
        }
        if (states.values().stream().allMatch(Declaration.State::input)) {
            session.report(session.error(
                            ErrorCode.MISSING_CLAUSE,
                            dynamics.name().span(),
                            "'" + dynamics.name().text() + "' has no state")
                    .withHint("add a line such as 'state v[neurons] = 0'"));
        }
    }

    /** Makes states, inputs and derived quantities known, the derived ones only below their definition. */
    private void declare(BlockScope scope, Declaration.Dynamics dynamics) {
        for (Declaration.DynamicsClause clause : dynamics.clauses()) {
            if (clause instanceof Declaration.State s) {
                boolean fresh = verifyNew(scope, s.name());
                if (s.over() != null) {
                    clauses.verifyWord(
                            s.over(), List.of("neurons"), "a state has one value for each of 'neurons', not");
                }
                Type type = s.initial() == null
                        ? Type.UNKNOWN
                        : expressions.check(scope, s.initial()).type();
                if (fresh) {
                    states.put(s.name().text(), s);
                    // Zero may stand for zero of any unit.
                    boolean zero = s.initial() instanceof Expression.IntegerLiteral i && i.value() == 0;
                    scope.parameter(s.name().text(), s.name().span()).type = zero ? Type.UNKNOWN : type;
                }
            } else if (clause instanceof Declaration.Derived d && verifyNew(scope, d.name())) {
                Binding binding = new Binding(
                        new Variable(d.name().text(), false, d.name().span()), scope.function, false, null);
                scope.function.place(binding.variable);
                scope.names.put(d.name().text(), binding);
            }
        }
    }

    private boolean verifyNew(BlockScope scope, Name name) {
        Binding before = scope.names.get(name.text());
        if (before == null) {
            return true;
        }
        session.report(session.error(ErrorCode.DUPLICATE_NAME, name.span(), "'" + name.text() + "' is defined twice")
                .withLabel(session.source, before.span(), "first here"));
        return false;
    }

    private void equation(BlockScope scope, Declaration.Equation e, Map<String, Span> equations) {
        String name = e.name().text();
        Declaration.State state = states.get(name);
        if (state == null || state.input()) {
            Diagnostic diagnostic = session.error(
                    ErrorCode.UNKNOWN_NAME,
                    e.name().span(),
                    state == null
                            ? "there is no state '" + name + "' to have an equation"
                            : "the input '" + name + "' cannot have an equation");
            String near = Suggest.didYouMean(name, stateNames());
            session.report(
                    state == null
                            ? diagnostic.withHint(
                                    near.isEmpty() ? "declare it: 'state " + name + "[neurons] = 0'" : near)
                            : diagnostic.withLabel(session.source, state.name().span(), "declared here"));
        } else {
            clauses.verifyOnce(equations, name + "'", e.name().span());
        }
        Type type = expressions.check(scope, e.value()).type();
        if (state != null && !state.input()) {
            verifyRate(scope.names.get(name).type, type, e);
        }
    }

    /** The left side is the state's unit by time. */
    private void verifyRate(Type state, Type rate, Declaration.Equation e) {
        Unit unit = Operators.unitOf(state);
        Unit given = Operators.unitOf(rate);
        // A number without unit may be a number by chance, such as 0.
        if (unit == null || given == null || given.isOne()) {
            return;
        }
        Unit wanted = unit.dividedBy(Unit.ofName("s"));
        if (!given.compatible(wanted)) {
            session.report(session.error(
                            ErrorCode.WRONG_UNIT,
                            e.value().span(),
                            "the rate of '" + e.name().text() + "' is in " + wanted.name() + ", not " + given.name())
                    .withLabel(
                            session.source, states.get(e.name().text()).name().span(), "a state in " + unit.name())
                    .withHint("divide by a time constant"));
        }
    }

    private List<String> stateNames() {
        List<String> names = new ArrayList<>();
        states.forEach((name, state) -> {
            if (!state.input()) {
                names.add(name);
            }
        });
        return names;
    }

    /** In {@code on spike}: {@code pre}, {@code post}, and the attributes of the connection. */
    private static BlockScope spikeScope(BlockScope scope, Span span) {
        BlockScope inside = new BlockScope(scope, scope.function);
        inside.parameter("pre", span);
        inside.parameter("post", span);
        inside.parameter("connection", span);
        inside.connection = inside.names.get("connection");
        return inside;
    }

    private void effects(BlockScope scope, List<Declaration.SpikeEffect> effects, boolean onSpike) {
        for (Declaration.SpikeEffect effect : effects) {
            switch (effect) {
                case Declaration.Effect e -> effect(scope, e, onSpike);
                case Declaration.Refractory r -> {
                    if (onSpike) {
                        session.report(ErrorCode.MISPLACED_STATEMENT, r.span(), "'refractory' stands in 'spike when'");
                    }
                    verifyTime(
                            expressions.check(scope, r.duration()).type(),
                            r.duration().span(),
                            "'refractory'");
                }
            }
        }
    }

    private void effect(BlockScope scope, Declaration.Effect e, boolean onSpike) {
        Name target = target(e.target(), onSpike);
        if (target == null) {
            session.report(session.error(
                            ErrorCode.MISPLACED_STATEMENT, e.target().span(), "this cannot be changed by a spike")
                    .withHint(onSpike ? "write 'post.' or 'pre.' before a state" : "write the name of a state"));
        } else if (!stateNames().contains(target.text())) {
            session.report(
                    session.error(ErrorCode.UNKNOWN_NAME, target.span(), "there is no state '" + target.text() + "'")
                            .withHint(Suggest.didYouMean(target.text(), stateNames())));
        }
        Type value = expressions.check(scope, e.value()).type();
        if (target != null && states.containsKey(target.text())) {
            Type state = findType(scope, target.text());
            boolean both = Operators.unitOf(state) != null && Operators.unitOf(value) != null;
            if (both && !Operators.unitOf(state).isOne()) {
                expressions.operators.sameDimension(
                        "put together",
                        e.value().span(),
                        state,
                        target.span(),
                        value,
                        e.value().span());
            }
        }
        if (e.delay() != null) {
            verifyTime(expressions.check(scope, e.delay()).type(), e.delay().span(), "'after'");
        }
    }

    private static Type findType(BlockScope scope, String name) {
        for (BlockScope s = scope; s != null; s = s.parent) {
            if (s.names.containsKey(name)) {
                return s.names.get(name).type;
            }
        }
        return Type.UNKNOWN;
    }

    /** The state that is changed: {@code v}, or {@code post.s} where {@code onSpike}; null for anything else. */
    private static Name target(Expression target, boolean onSpike) {
        if (!onSpike) {
            return target instanceof Expression.Variable v ? new Name(v.span(), v.name()) : null;
        }
        boolean end = target instanceof Expression.Member m
                && m.target() instanceof Expression.Variable v
                && (v.name().equals("post") || v.name().equals("pre"));
        return end ? ((Expression.Member) target).name() : null;
    }

    private void verifyTime(Type type, Span span, String what) {
        Unit unit = Operators.unitOf(type);
        if (unit != null && !unit.compatible(Unit.ofName("s"))) {
            session.report(session.error(
                            ErrorCode.WRONG_UNIT,
                            span,
                            what + " takes a time, not " + unit.dimension().describe())
                    .withHint("write '2 ms'"));
        }
    }

    private static Unit unitOrNull(String text) {
        try {
            return Unit.parse(text);
        } catch (MesoException reportedElsewhere) {
            return null;
        }
    }
}
