package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Builtins;
import java.util.List;
import java.util.stream.Collectors;

/** A {@code motif} declaration: edges between variables and conditions on them. Called with a graph it counts its matches. */
public final class MotifValue extends CallableValue {
    private final Declaration.Motif declaration;
    private final List<String> variables;
    private final List<Edge> edges;
    private final List<Condition> where;
    private final List<Object> arguments;
    private final String source;

    /**
     * @param variables the motif variables in order of first mention
     * @param arguments the values of the parameters, empty for a motif without
     */
    public MotifValue(
            Declaration.Motif declaration,
            List<String> variables,
            List<Edge> edges,
            List<Condition> where,
            List<Object> arguments,
            String source) {
        this.declaration = declaration;
        this.variables = List.copyOf(variables);
        this.edges = List.copyOf(edges);
        this.where = List.copyOf(where);
        this.arguments = List.copyOf(arguments);
        this.source = source;
    }

    /**
     * An edge between two variables.
     *
     * @param arrow TO, MUTUAL or ABSENT
     * @param predicate from a connection to true or false, or null
     * @param hops the most steps of {@code within}, or null
     */
    public record Edge(int from, int to, Declaration.Arrow arrow, CallableValue predicate, Long hops) {}

    /** A condition on some variables; {@code function} takes one neuron for each. */
    public record Condition(List<Integer> variables, CallableValue function) {}

    /** The name it was declared under, with the arguments where it has parameters: {@code chain(2)}. */
    public String name() {
        String name = declaration.name().text();
        return arguments.isEmpty()
                ? name
                : arguments.stream().map(Display::shortText).collect(Collectors.joining(", ", name + "(", ")"));
    }

    public Declaration.Motif declaration() {
        return declaration;
    }

    /** Whether no other edges are allowed among the variables. */
    public boolean induced() {
        return declaration.induced();
    }

    public List<String> variables() {
        return variables;
    }

    public List<Edge> edges() {
        return edges;
    }

    public List<Condition> where() {
        return where;
    }

    @Override
    public Signature signature() {
        return new Signature(declaration.name().text(), new String[] {"g"}, new boolean[] {true}, -1);
    }

    @Override
    @TruffleBoundary
    public Object callBound(Object[] bound) {
        return new BuiltinValue(Builtins.find("count")).call(bound[0], this);
    }

    @Override
    public String kind() {
        return "motif";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return arguments.isEmpty() ? source : source + "  // " + name();
    }

    @Override
    public String shortText() {
        return "motif " + name();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MotifValue m && source.equals(m.source) && arguments.equals(m.arguments);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(MotifValue.class)
                .property("name", Kind.TEXT, "the name it was declared under", MotifValue::name)
                .property(
                        "variables",
                        Kind.LIST,
                        "its variables, in order of first mention",
                        m -> ListValue.of(m.variables()))
                .property("source", Kind.TEXT, "the declaration as written", m -> m.source)
                .end();
    }
}
