package dev.meso.language.builtin.motifs;

import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.typed.Cell;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.Variable;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.FunctionValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a predicate of a motif says, as text in which its parameters have given names: two predicates with the same text
 * are the same predicate. The order of operands does not matter where the operator does not care ({@code a.x == b.x},
 * {@code abs(a.x - b.x) < r}). A predicate that cannot be told apart so is the same only as itself.
 *
 * A variable from outside that holds a number, text or truth value counts as that value: in {@code motif pair(x, y) { a <-> b;
 * where a.nt == x and b.nt == y }} the two conditions of {@code pair("GABA", "GABA")} are the same.
 *
 * <p>One object serves all predicates of one motif: they close over the same variables.
 */
final class PredicateText {
    private final Map<Variable, Integer> captured = new IdentityHashMap<>();
    private final Map<CallableValue, Integer> opaque = new IdentityHashMap<>();

    /** @param names what to call the parameters, in order */
    String of(CallableValue predicate, List<String> names) {
        if (predicate instanceof FunctionValue function) {
            Map<Variable, String> parameters = new IdentityHashMap<>();
            for (int i = 0; i < function.code().captures().size(); i++) {
                name(function.code().captures().get(i), function.cells()[i], parameters);
            }
            List<FunctionCode.ParameterCode> declared = function.code().parameters();
            for (int i = 0; i < declared.size(); i++) {
                parameters.put(declared.get(i).variable(), names.get(i));
            }
            String text = text(function.code().body(), parameters);
            if (text != null) {
                return text;
            }
        }
        return "function " + opaque.computeIfAbsent(predicate, p -> opaque.size()) + names;
    }

    /** Null where an expression is of a form not compared by text. */
    private String text(Code code, Map<Variable, String> parameters) {
        return switch (code) {
            case Code.Constant c -> constant(c.value());
            case Code.Read r -> variable(r.variable(), parameters);
            case Code.ReadBuiltin b -> "builtin " + b.builtin().name();
            case Code.ReadLibrary l -> "library " + l.module() + "." + l.name();
            case Code.Text t -> literal(t);
            case Code.Member m -> joined(".", List.of(m.target()), parameters, m.name());
            case Code.Index i -> joined("index", List.of(i.target(), i.index()), parameters, "");
            case Code.Negate n -> joined("minus", List.of(n.operand()), parameters, "");
            case Code.Not n -> joined("not", List.of(n.operand()), parameters, "");
            case Code.ListOf l -> joined("list", l.items(), parameters, "");
            case Code.Binary b -> binary(b, parameters);
            case Code.And a -> sorted("and", List.of(a.left(), a.right()), parameters);
            case Code.Or o -> sorted("or", List.of(o.left(), o.right()), parameters);
            case Code.Comparison c -> comparison(c, parameters);
            case Code.Call c -> call(c, parameters);
            case Code.Sequence s -> s.items().size() == 1 ? text(s.items().get(0), parameters) : null;
            default -> null;
        };
    }

    private String variable(Variable variable, Map<Variable, String> names) {
        if (!names.containsKey(variable) && variable.cell() != null) {
            name(variable, variable.cell(), names);
        }
        String name = names.get(variable);
        return name != null ? name : "captured " + captured.computeIfAbsent(variable, v -> captured.size());
    }

    private static void name(Variable variable, Cell cell, Map<Variable, String> names) {
        Object value = cell.value;
        if (value instanceof Number || value instanceof String || value instanceof Boolean) {
            names.put(variable, constant(value));
        }
    }

    private static String constant(Object value) {
        return value.getClass().getSimpleName() + ":" + value;
    }

    private static String literal(Code.Text text) {
        return text.pieces().stream().allMatch(p -> p.value() == null)
                ? "String:" + text.pieces().stream().map(Code.Piece::literal).collect(Collectors.joining())
                : null;
    }

    private List<String> texts(List<Code> codes, Map<Variable, String> parameters) {
        List<String> texts = new ArrayList<>();
        for (Code code : codes) {
            String text = text(code, parameters);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    private String joined(String operator, List<Code> operands, Map<Variable, String> parameters, String name) {
        List<String> texts = texts(operands, parameters);
        return texts == null ? null : "(" + operator + " " + String.join(", ", texts) + " " + name + ")";
    }

    private String sorted(String operator, List<Code> operands, Map<Variable, String> parameters) {
        List<String> texts = texts(operands, parameters);
        return texts == null
                ? null
                : "(" + operator + " " + texts.stream().sorted().collect(Collectors.joining(", ")) + ")";
    }

    private String binary(Code.Binary b, Map<Variable, String> parameters) {
        List<Code> operands = List.of(b.left(), b.right());
        return b.operator() == BinaryOperator.ADD || b.operator() == BinaryOperator.MULTIPLY
                ? sorted(b.operator().symbol(), operands, parameters)
                : joined(b.operator().symbol(), operands, parameters, "");
    }

    private String comparison(Code.Comparison c, Map<Variable, String> parameters) {
        if (c.operators().size() > 1) {
            return joined(c.operators().toString(), c.operands(), parameters, "");
        }
        Code left = c.operands().get(0);
        Code right = c.operands().get(1);
        return switch (c.operators().get(0)) {
            case EQUAL, NOT_EQUAL -> sorted(c.operators().toString(), c.operands(), parameters);
            case GREATER -> joined(List.of(ComparisonOperator.LESS).toString(), List.of(right, left), parameters, "");
            case GREATER_OR_EQUAL ->
                joined(List.of(ComparisonOperator.LESS_OR_EQUAL).toString(), List.of(right, left), parameters, "");
            case LESS, LESS_OR_EQUAL, IN, NOT_IN -> joined(c.operators().toString(), c.operands(), parameters, "");
        };
    }

    private String call(Code.Call c, Map<Variable, String> parameters) {
        if (!c.named().isEmpty()) {
            return null;
        }
        boolean distance = c.callee() instanceof Code.ReadBuiltin b
                && b.builtin().name().equals("abs")
                && c.positional().size() == 1
                && c.positional().get(0) instanceof Code.Binary difference
                && difference.operator() == BinaryOperator.SUBTRACT;
        if (distance) {
            Code.Binary difference = (Code.Binary) c.positional().get(0);
            return sorted("distance", List.of(difference.left(), difference.right()), parameters);
        }
        List<Code> all = new ArrayList<>(List.of(c.callee()));
        all.addAll(c.positional());
        return joined("call", all, parameters, "");
    }
}
