package dev.meso.language.check;

import dev.meso.language.ast.Argument;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.TextPiece;
import java.util.function.Consumer;

/** Goes through the expressions inside an expression, blocks excepted. */
final class Walk {
    private Walk() {}

    /** Calls {@code visitor} with {@code e} and everything inside, outermost first. */
    static void each(Expression e, Consumer<Expression> visitor) {
        if (e == null) {
            return;
        }
        visitor.accept(e);
        switch (e) {
            case Expression.IntegerLiteral i -> {}
            case Expression.DoubleLiteral d -> {}
            case Expression.BooleanLiteral b -> {}
            case Expression.NoneLiteral n -> {}
            case Expression.QuantityLiteral q -> {}
            case Expression.Variable v -> {}
            case Expression.Block b -> {}
            case Expression.TextLiteral t -> {
                for (TextPiece piece : t.pieces()) {
                    if (piece instanceof TextPiece.Interpolation i) {
                        each(i.value(), visitor);
                    }
                }
            }
            case Expression.ListLiteral l -> l.items().forEach(item -> each(item, visitor));
            case Expression.RecordLiteral r -> r.fields().forEach(field -> each(field.value(), visitor));
            case Expression.Range r -> {
                each(r.from(), visitor);
                each(r.to(), visitor);
                each(r.step(), visitor);
            }
            case Expression.Negate n -> each(n.operand(), visitor);
            case Expression.Not n -> each(n.operand(), visitor);
            case Expression.Binary b -> {
                each(b.left(), visitor);
                each(b.right(), visitor);
            }
            case Expression.Comparison c -> c.operands().forEach(operand -> each(operand, visitor));
            case Expression.And a -> {
                each(a.left(), visitor);
                each(a.right(), visitor);
            }
            case Expression.Or o -> {
                each(o.left(), visitor);
                each(o.right(), visitor);
            }
            case Expression.If i -> {
                each(i.condition(), visitor);
                each(i.otherwise(), visitor);
            }
            case Expression.Lambda l -> each(l.body(), visitor);
            case Expression.Call c -> {
                each(c.callee(), visitor);
                for (Argument argument : c.arguments()) {
                    each(argument.value(), visitor);
                }
            }
            case Expression.Pipe p -> {
                each(p.left(), visitor);
                each(p.callee(), visitor);
                for (Argument argument : p.arguments()) {
                    each(argument.value(), visitor);
                }
            }
            case Expression.Member m -> each(m.target(), visitor);
            case Expression.Index i -> {
                each(i.target(), visitor);
                each(i.index(), visitor);
            }
            case Expression.Slice s -> {
                each(s.target(), visitor);
                each(s.from(), visitor);
                each(s.to(), visitor);
            }
        }
    }

    /** Whether a lambda inside has a parameter of this name. */
    static boolean bindsName(Expression e, String name) {
        boolean[] found = new boolean[1];
        each(e, inner -> {
            if (inner instanceof Expression.Lambda l) {
                found[0] |=
                        l.parameters().stream().anyMatch(p -> p.name().text().equals(name));
            }
        });
        return found[0];
    }
}
