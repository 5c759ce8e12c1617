package dev.meso.language.value;

import dev.meso.language.builtin.Builtin;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The properties and methods that all values of a kind share. A method is a {@link Builtin} whose first parameter is the
 * value itself, so one declaration serves calls, {@code members(x)}, {@code help}, interop and completion:
 *
 * <pre>{@code
 * private static final Members MEMBERS = Members.of(GraphValue.class)
 *     .property("n", Kind.INTEGER, "number of neurons", g -> (long) g.connectome().n())
 *     .method(Builtin.named("where")
 *         .about("The part of the graph between the neurons for which the predicate holds.")
 *         .parameter("g", Kind.GRAPH, "the graph")
 *         .parameter("predicate", Kind.FUNCTION, "from a neuron to true or false")
 *         .returns(Kind.GRAPH, "the induced subgraph")
 *         .runs(call -> ...))
 *     .end();
 * }</pre>
 *
 * Keep the table in a nested holder class, so that it is made only when a member is first looked up.
 */
public final class Members {
    public static final Members NONE = new Members(new LinkedHashMap<>());

    private final LinkedHashMap<String, Member> byName;
    private final String[] names;

    private Members(LinkedHashMap<String, Member> byName) {
        this.byName = byName;
        this.names = byName.keySet().toArray(new String[0]);
    }

    /** A property ({@code property} set: reading it runs the built-in) or a method. */
    public record Member(Builtin builtin, boolean property) {
        Object read(MesoValue self) {
            BuiltinValue bound = new BuiltinValue(builtin, self);
            return property ? bound.call() : bound;
        }
    }

    public static <T extends MesoValue> Builder<T> of(Class<T> type) {
        return new Builder<>(type);
    }

    /** The member of this name, or null. */
    public Member find(String name) {
        return byName.get(name);
    }

    public String[] names() {
        return names;
    }

    public Collection<Member> all() {
        return byName.values();
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    /** Collects a table; ended by {@link #end}. */
    public static final class Builder<T extends MesoValue> {
        private final Class<T> type;
        private final Map<String, Member> members = new LinkedHashMap<>();

        private Builder(Class<T> type) {
            this.type = type;
        }

        public Builder<T> property(String name, Builtin.Kind kind, String about, Function<T, Object> body) {
            Builtin builtin = Builtin.named(name)
                    .group("member")
                    .about(about)
                    .parameter("self", Builtin.Kind.ANY, "the value")
                    .returns(kind, about)
                    .runs(call -> body.apply(type.cast(call.argument(0))));
            members.put(name, new Member(builtin, true));
            return this;
        }

        /** {@code method}'s first parameter is the value. */
        public Builder<T> method(Builtin method) {
            members.put(method.name(), new Member(method, false));
            return this;
        }

        public Members end() {
            return new Members(new LinkedHashMap<>(members));
        }
    }
}
