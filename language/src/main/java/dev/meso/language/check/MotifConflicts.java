package dev.meso.language.check;

import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.ast.Declaration.Arrow;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.ast.TextPiece;
import dev.meso.language.check.MotifCheck.Edge;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds motifs that can never match, before a long search: edges or conditions that contradict each other. */
final class MotifConflicts {
    private final Session session;
    private final List<Name> variables;

    MotifConflicts(Session session, List<Name> variables) {
        this.session = session;
        this.variables = variables;
    }

    void verify(List<Edge> edges, List<Expression> conditions) {
        verifySelfEdges(edges);
        verifyEdges(edges);
        verifyConnected(edges);
        verifyConditions(conditions, "");
        for (Edge edge : edges) {
            // Two edges between the same neurons may be two connections, so each bracket stands alone.
            if (edge.link().predicate() != null) {
                List<Expression> parts = new ArrayList<>();
                MotifCheck.split(edge.link().predicate(), parts);
                verifyConditions(parts, "connection ");
            }
        }
    }

    private void verifySelfEdges(List<Edge> edges) {
        for (Edge edge : edges) {
            if (edge.from() == edge.to()) {
                String name = name(edge.from());
                session.report(session.error(
                                ErrorCode.IMPOSSIBLE_MOTIF,
                                edge.span(),
                                "an edge from '" + name + "' to itself never matches")
                        .withNote("motifs are counted without autapses, and variables stand for distinct neurons"));
            }
        }
    }

    private String name(int variable) {
        return variables.get(variable).text();
    }

    private void verifyEdges(List<Edge> edges) {
        for (Edge absent : edges) {
            if (absent.present() || absent.link().predicate() != null || absent.from() == absent.to()) {
                continue;
            }
            for (Edge edge : edges) {
                boolean direct = edge.link().hops() == null || absent.link().hops() != null && sameHops(absent, edge);
                boolean same = edge.from() == absent.from() && edge.to() == absent.to()
                        || edge.arrow() == Arrow.MUTUAL && edge.from() == absent.to() && edge.to() == absent.from();
                if (edge.present() && direct && same) {
                    boolean later = edge.span().start() > absent.span().start();
                    Span first = later ? absent.span() : edge.span();
                    Span second = later ? edge.span() : absent.span();
                    String pair = "from '" + name(absent.from()) + "' to '" + name(absent.to()) + "'";
                    session.report(session.error(
                                    ErrorCode.IMPOSSIBLE_MOTIF,
                                    second,
                                    "this motif can never match: the edge " + pair + " is asked for and forbidden")
                            .saying(later ? "asked for here" : "forbidden here")
                            .withLabel(session.source, first, later ? "forbidden here" : "asked for here"));
                    return;
                }
            }
        }
    }

    private static boolean sameHops(Edge a, Edge b) {
        return a.link().hops() instanceof Expression.IntegerLiteral x
                && b.link().hops() instanceof Expression.IntegerLiteral y
                && y.value() <= x.value();
    }

    private void verifyConnected(List<Edge> edges) {
        int n = variables.size();
        int[] piece = new int[n];
        for (int i = 0; i < n; i++) {
            piece[i] = i;
        }
        // A forbidden edge joins too: who writes it knows that the two are not connected.
        for (Edge edge : edges) {
            int old = piece[edge.to()];
            for (int i = 0; i < n; i++) {
                piece[i] = piece[i] == old ? piece[edge.from()] : piece[i];
            }
        }
        List<String> first = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            (piece[i] == piece[0] ? first : others).add(name(i));
        }
        if (!others.isEmpty()) {
            Name apart = variables.stream()
                    .filter(v -> v.text().equals(others.get(0)))
                    .findFirst()
                    .orElseThrow();
            session.report(
                    session.warning(
                                    ErrorCode.DISCONNECTED_MOTIF,
                                    apart.span(),
                                    "no edge joins " + Suggest.all(others) + " to " + Suggest.all(first))
                            .withNote(
                                    "every match of one part is combined with every match of the other: there may be very many"));
        }
    }

    // ---- conditions ------------------------------------------------------------------------------------------------

    /** {@code subject operator value}, with a value known now: a number in SI units, text or a Boolean. */
    private record Fact(String subject, ComparisonOperator operator, Object value, String unit, Span span) {}

    private void verifyConditions(List<Expression> conditions, String what) {
        Map<String, List<Fact>> bySubject = new HashMap<>();
        for (Expression condition : conditions) {
            for (Fact fact : facts(condition)) {
                List<Fact> known = bySubject.computeIfAbsent(fact.subject(), s -> new ArrayList<>());
                for (Fact other : known) {
                    if (excludes(other, fact)) {
                        session.report(session.error(
                                        ErrorCode.IMPOSSIBLE_MOTIF,
                                        fact.span(),
                                        "this motif can never match: no " + what + "'" + fact.subject()
                                                + "' fulfils both conditions")
                                .withLabel(session.source, other.span(), "contradicts this"));
                        return;
                    }
                }
                known.add(fact);
            }
        }
    }

    private static List<Fact> facts(Expression condition) {
        List<Fact> facts = new ArrayList<>();
        if (condition instanceof Expression.Comparison c) {
            for (int i = 0; i < c.operators().size(); i++) {
                Expression left = c.operands().get(i);
                Expression right = c.operands().get(i + 1);
                Span span = left.span().to(right.span());
                Fact fact = fact(left, c.operators().get(i), right, span);
                if (fact == null) {
                    fact = fact(right, turned(c.operators().get(i)), left, span);
                }
                if (fact != null) {
                    facts.add(fact);
                }
            }
        }
        return facts;
    }

    private static ComparisonOperator turned(ComparisonOperator operator) {
        return switch (operator) {
            case LESS -> ComparisonOperator.GREATER;
            case LESS_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
            case GREATER -> ComparisonOperator.LESS;
            case GREATER_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL -> operator;
            case IN, NOT_IN -> null;
        };
    }

    /** Null where the left side is no attribute or the right side no literal. */
    private static Fact fact(Expression left, ComparisonOperator operator, Expression right, Span span) {
        String subject = subject(left);
        if (subject == null || operator == null) {
            return null;
        }
        return switch (right) {
            case Expression.IntegerLiteral i -> new Fact(subject, operator, (double) i.value(), "", span);
            case Expression.DoubleLiteral d -> new Fact(subject, operator, d.value(), "", span);
            case Expression.BooleanLiteral b -> new Fact(subject, operator, b.value(), "", span);
            case Expression.Negate n -> {
                Fact positive = fact(left, operator, n.operand(), span);
                yield positive != null && positive.value() instanceof Double d
                        ? new Fact(subject, operator, -d, positive.unit(), span)
                        : null;
            }
            case Expression.QuantityLiteral q -> {
                try {
                    Unit unit = Unit.parse(q.unit());
                    String dimension = unit.dimension().toString();
                    yield new Fact(subject, operator, q.value() * unit.factor(), dimension, span);
                } catch (MesoException unknownUnit) {
                    yield null;
                }
            }
            case Expression.TextLiteral t -> {
                String text = plainText(t);
                yield text == null ? null : new Fact(subject, operator, text, "", span);
            }
            case Expression.ListLiteral list ->
                operator == ComparisonOperator.IN ? new Fact(subject, operator, texts(list), "", span) : null;
            default -> null;
        };
    }

    /** {@code a.x} or, in brackets, {@code x}; null for anything else. */
    private static String subject(Expression e) {
        return switch (e) {
            case Expression.Variable v -> v.name();
            case Expression.Member m -> {
                String inner = subject(m.target());
                yield inner == null ? null : inner + "." + m.name().text();
            }
            default -> null;
        };
    }

    /** The items, or an empty list where one is no plain text. */
    private static List<String> texts(Expression.ListLiteral list) {
        List<String> all = new ArrayList<>();
        for (Expression item : list.items()) {
            String text = item instanceof Expression.TextLiteral t ? plainText(t) : null;
            if (text == null) {
                return List.of();
            }
            all.add(text);
        }
        return all;
    }

    /** The text, or null where values are interpolated. */
    private static String plainText(Expression.TextLiteral t) {
        StringBuilder text = new StringBuilder();
        for (TextPiece piece : t.pieces()) {
            if (!(piece instanceof TextPiece.Literal literal)) {
                return null;
            }
            text.append(literal.text());
        }
        return text.toString();
    }

    private static boolean excludes(Fact a, Fact b) {
        if (a.value() instanceof Double x
                && b.value() instanceof Double y
                && a.unit().equals(b.unit())) {
            // 1 um and 1000 nm differ by rounding only.
            boolean same = Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
            return excludes(a.operator(), x, b.operator(), same ? x : y);
        }
        if (a.operator() == ComparisonOperator.IN || b.operator() == ComparisonOperator.IN) {
            return excludesList(a, b) || excludesList(b, a);
        }
        boolean sameKind = a.value().getClass() == b.value().getClass();
        if (!sameKind || a.value() instanceof Double) {
            return false;
        }
        boolean equal = a.value().equals(b.value());
        return switch (a.operator()) {
            case EQUAL ->
                b.operator() == ComparisonOperator.EQUAL
                        ? !equal
                        : b.operator() == ComparisonOperator.NOT_EQUAL && equal;
            case NOT_EQUAL -> b.operator() == ComparisonOperator.EQUAL && equal;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, NOT_IN -> false;
        };
    }

    /** Whether {@code a} lists texts of which {@code b} allows none. */
    private static boolean excludesList(Fact a, Fact b) {
        if (!(a.value() instanceof List<?> listed) || listed.isEmpty()) {
            return false;
        }
        if (b.value() instanceof List<?> others) {
            return !others.isEmpty() && listed.stream().noneMatch(others::contains);
        }
        return b.operator() == ComparisonOperator.EQUAL && b.value() instanceof String && !listed.contains(b.value());
    }

    /** Whether no number is both {@code p x} and {@code q y}. */
    private static boolean excludes(ComparisonOperator p, double x, ComparisonOperator q, double y) {
        if (p == ComparisonOperator.EQUAL) {
            return !holds(x, q, y);
        }
        if (q == ComparisonOperator.EQUAL) {
            return !holds(y, p, x);
        }
        if (lower(p) && upper(q)) {
            return x > y || x == y && (strict(p) || strict(q));
        }
        return upper(p) && lower(q) && (y > x || x == y && (strict(p) || strict(q)));
    }

    private static boolean holds(double value, ComparisonOperator operator, double limit) {
        return switch (operator) {
            case EQUAL -> value == limit;
            case NOT_EQUAL -> value != limit;
            case LESS -> value < limit;
            case LESS_OR_EQUAL -> value <= limit;
            case GREATER -> value > limit;
            case GREATER_OR_EQUAL -> value >= limit;
            case IN, NOT_IN -> true;
        };
    }

    private static boolean lower(ComparisonOperator operator) {
        return operator == ComparisonOperator.GREATER || operator == ComparisonOperator.GREATER_OR_EQUAL;
    }

    private static boolean upper(ComparisonOperator operator) {
        return operator == ComparisonOperator.LESS || operator == ComparisonOperator.LESS_OR_EQUAL;
    }

    private static boolean strict(ComparisonOperator operator) {
        return operator == ComparisonOperator.LESS || operator == ComparisonOperator.GREATER;
    }
}
