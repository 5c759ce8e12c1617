package dev.meso.language.check;

import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Declaration.Arrow;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.check.Scopes.Binding;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.FunctionScope;
import dev.meso.language.check.Scopes.State;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Variable;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.motif.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Checks motifs and turns their drawing into single edges with predicates. */
final class MotifCheck {
    private final Session session;
    private final Expressions expressions;

    MotifCheck(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
    }

    /** One edge of the drawing: {@code from} and {@code to} are variables, {@code <-} turned round. */
    record Edge(int from, int to, Arrow arrow, Declaration.Link link, Span span) {
        boolean present() {
            return arrow != Arrow.ABSENT;
        }
    }

    Code check(BlockScope at, Declaration.Motif motif) {
        if (motif.parameters().isEmpty()) {
            return body(new BlockScope(at, at.function), motif, List.of());
        }
        FunctionScope inside = new FunctionScope(at.function);
        BlockScope scope = new BlockScope(at, inside);
        List<FunctionCode.ParameterCode> parameters = expressions.parameters(scope, motif.parameters());
        Code body = body(scope, motif, parameters);
        FunctionCode function = new FunctionCode(
                motif.span(),
                motif.name().text(),
                parameters,
                body,
                inside.slots,
                inside.captures,
                List.of(),
                motif.doc());
        return new Code.Closure(motif.span(), function);
    }

    /** {@code scope} holds the parameters. */
    private Code body(BlockScope scope, Declaration.Motif motif, List<FunctionCode.ParameterCode> parameters) {
        List<Name> variables = new ArrayList<>();
        List<Edge> edges = edges(motif, variables);
        List<Expression> conditions = new ArrayList<>();
        for (Declaration.MotifClause clause : motif.clauses()) {
            if (clause instanceof Declaration.Where where) {
                split(where.condition(), conditions);
            }
        }
        if (edges.isEmpty() && conditions.isEmpty()) {
            session.report(session.error(
                            ErrorCode.MISSING_CLAUSE,
                            motif.name().span(),
                            "the motif '" + motif.name().text() + "' has no edge")
                    .withHint("draw one: 'a -> b'"));
        }
        verifySize(variables);
        new MotifConflicts(session, variables).verify(edges, conditions);
        List<Code.EdgeCode> codes = new ArrayList<>();
        for (Edge edge : edges) {
            codes.add(new Code.EdgeCode(
                    edge.span(), edge.from(), edge.to(), edge.arrow(), bracket(scope, edge), hops(scope, edge)));
        }
        List<Code.PredicateCode> where = new ArrayList<>();
        for (Expression condition : conditions) {
            where.add(predicate(scope, condition, variables));
        }
        List<Code> arguments = new ArrayList<>();
        for (FunctionCode.ParameterCode parameter : parameters) {
            arguments.add(new Code.Read(parameter.span(), parameter.variable()));
        }
        return new Code.Motif(
                motif.span(), motif, variables.stream().map(Name::text).toList(), codes, where, arguments);
    }

    /** The single edges of all paths; {@code variables} receives the names in order of first mention. */
    private static List<Edge> edges(Declaration.Motif motif, List<Name> variables) {
        List<Edge> edges = new ArrayList<>();
        for (Declaration.MotifClause clause : motif.clauses()) {
            if (clause instanceof Declaration.Path path) {
                Name left = path.first();
                int from = index(variables, left);
                for (Declaration.Link link : path.links()) {
                    int to = index(variables, link.target());
                    Span span = left.span().to(link.span());
                    edges.add(
                            link.arrow() == Arrow.FROM
                                    ? new Edge(to, from, Arrow.TO, link, span)
                                    : new Edge(from, to, link.arrow(), link, span));
                    left = link.target();
                    from = to;
                }
            }
        }
        return edges;
    }

    private static int index(List<Name> variables, Name name) {
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).text().equals(name.text())) {
                return i;
            }
        }
        variables.add(name);
        return variables.size() - 1;
    }

    private void verifySize(List<Name> variables) {
        if (variables.size() > Pattern.MOST_VARIABLES) {
            session.report(
                    session.error(
                                    ErrorCode.MOTIF_TOO_LARGE,
                                    variables.get(Pattern.MOST_VARIABLES).span(),
                                    "a motif has at most " + Pattern.MOST_VARIABLES + " variables, this one has "
                                            + variables.size())
                            .withNote(
                                    "the number of matches grows with every variable; split the motif, or use 'within … hops'"));
        }
    }

    /** The parts of a condition joined by {@code and}. */
    static void split(Expression condition, List<Expression> parts) {
        if (condition instanceof Expression.And and) {
            split(and.left(), parts);
            split(and.right(), parts);
        } else {
            parts.add(condition);
        }
    }

    private Code.Closure bracket(BlockScope scope, Edge edge) {
        Expression predicate = edge.link().predicate();
        if (predicate == null) {
            return null;
        }
        FunctionScope function = new FunctionScope(scope.function);
        BlockScope inside = new BlockScope(scope, function);
        Variable connection = new Variable("connection", false, edge.link().span());
        function.place(connection);
        inside.connection = new Binding(connection, function, false, null);
        inside.connection.state = State.DEFINED;
        List<Expression> parts = new ArrayList<>();
        split(predicate, parts);
        Code all = null;
        for (Expression part : parts) {
            inside.connection.used = false;
            Checked checked = expressions.check(inside, part);
            expressions.operators.condition(checked.type(), part.span(), "the condition of an edge");
            if (!inside.connection.used) {
                idle(part, "the connection", "a bare name that the program defines is that value, not an attribute");
            }
            all = all == null ? checked.code() : new Code.And(predicate.span(), all, checked.code());
        }
        FunctionCode code = new FunctionCode(
                predicate.span(),
                "condition of an edge",
                List.of(new FunctionCode.ParameterCode(predicate.span(), connection, null)),
                all,
                function.slots,
                function.captures,
                List.of(),
                null);
        return new Code.Closure(predicate.span(), code);
    }

    private void idle(Expression part, String what, String note) {
        session.report(session.error(ErrorCode.IDLE_CONDITION, part.span(), "this condition says nothing about " + what)
                .withNote(note));
    }

    private Code hops(BlockScope scope, Edge edge) {
        Expression hops = edge.link().hops();
        if (hops == null) {
            return null;
        }
        Checked checked = expressions.check(scope, hops);
        boolean below = hops instanceof Expression.IntegerLiteral i && i.value() < 1
                || hops instanceof Expression.Negate n && n.operand() instanceof Expression.IntegerLiteral;
        if (below) {
            session.report(session.error(ErrorCode.WRONG_HOPS, hops.span(), "'within' needs at least 1 hop"));
        } else if (checked.type().known() && !checked.type().is(Type.Kind.INTEGER)) {
            session.report(session.error(
                    ErrorCode.WRONG_HOPS,
                    hops.span(),
                    "'within' needs a whole number of hops, not "
                            + checked.type().title()));
        }
        return checked.code();
    }

    private Code.PredicateCode predicate(BlockScope scope, Expression condition, List<Name> variables) {
        FunctionScope function = new FunctionScope(scope.function);
        BlockScope inside = new BlockScope(scope, function);
        for (Name variable : variables) {
            Binding binding = new Binding(new Variable(variable.text(), false, variable.span()), function, false, null);
            binding.state = State.DEFINED;
            inside.names.put(variable.text(), binding);
        }
        boolean edgeless = reportEdgeless(inside, condition, variables);
        Checked checked = edgeless
                ? Checked.unknown(new Code.Constant(condition.span(), false))
                : expressions.check(inside, condition);
        if (!edgeless) {
            expressions.operators.condition(checked.type(), condition.span(), "'where'");
        }
        List<Integer> mentioned = new ArrayList<>();
        List<FunctionCode.ParameterCode> parameters = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Binding binding = inside.names.get(variables.get(i).text());
            if (binding.used) {
                function.place(binding.variable);
                mentioned.add(i);
                parameters.add(new FunctionCode.ParameterCode(binding.span(), binding.variable, null));
            }
        }
        if (mentioned.isEmpty() && !edgeless) {
            idle(
                    condition,
                    "the neurons of the motif",
                    "its variables are "
                            + Suggest.all(variables.stream().map(Name::text).toList()));
        }
        FunctionCode code = new FunctionCode(
                condition.span(),
                "condition of a motif",
                parameters,
                checked.code(),
                function.slots,
                function.captures,
                List.of(),
                null);
        return new Code.PredicateCode(condition.span(), mentioned, new Code.Closure(condition.span(), code));
    }

    /** Reports {@code c.type} where nothing is called {@code c}: a motif variable that no edge mentions. */
    private boolean reportEdgeless(BlockScope at, Expression condition, List<Name> variables) {
        boolean[] found = new boolean[1];
        Walk.each(condition, e -> {
            if (e instanceof Expression.Member m
                    && m.target() instanceof Expression.Variable v
                    && expressions.names.find(at, v.name()) == null
                    && !Walk.bindsName(condition, v.name())) {
                found[0] = true;
                List<String> names = variables.stream().map(Name::text).toList();
                Diagnostic diagnostic = session.error(
                        ErrorCode.MOTIF_VARIABLE_WITHOUT_EDGE,
                        v.span(),
                        "the motif variable '" + v.name() + "' has no edge");
                String hint = Suggest.didYouMean(v.name(), names);
                if (!names.isEmpty()) {
                    diagnostic = diagnostic.withNote("the edges of this motif mention " + Suggest.all(names));
                }
                String edge = names.isEmpty() ? v.name() + " -> b" : names.get(0) + " -> " + v.name();
                session.report(diagnostic.withHint(!hint.isEmpty() ? hint : "add an edge such as '" + edge + "'"));
            }
        });
        return found[0];
    }
}
