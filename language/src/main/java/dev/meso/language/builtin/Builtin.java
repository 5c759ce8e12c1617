package dev.meso.language.builtin;

import dev.meso.language.value.Signature;
import dev.meso.runtime.stats.Statistic;
import java.util.ArrayList;
import java.util.List;

/**
 * A built-in function: one declaration holds what the checker, the interpreter, {@code help} and the completer of the
 * REPL need. Declare it beside its code:
 *
 * <pre>{@code
 * Builtin.named("triads").group("motifs")
 *     .about("The 16 three-cell motifs of a graph under their M-A-N codes, each with its induced count.")
 *     .parameter("g", Kind.GRAPH, "the graph; parallel edges count once, autapses are ignored")
 *     .returns(Kind.TABLE, "columns motif, count")
 *     .runs(call -> ...)
 * }</pre>
 */
public final class Builtin {
    /** What a parameter takes or a function gives; the checker refuses literals of another kind. */
    public enum Kind {
        ANY,
        NUMBER,
        INTEGER,
        BOOLEAN,
        TEXT,
        LIST,
        RECORD,
        COLUMN,
        TABLE,
        GRAPH,
        FUNCTION,
        NULL_MODEL,
        MOTIF,
        STATISTIC,
        PARTITION,
        QUANTITY,
        UNIT,
        NONE
    }

    /** What the built-in does; {@code call} holds the arguments in the order of the parameters. */
    @FunctionalInterface
    public interface Body {
        Object run(Call call);
    }

    /** A parameter; {@code required} is false where {@link Call#given} may be false. */
    public record Parameter(String name, Kind kind, boolean required, boolean rest, String about) {}

    private final String name;
    private final String group;
    private final String about;
    private final String detail;
    private final List<Parameter> parameters;
    private final Kind result;
    private final String resultAbout;
    private final boolean constant;
    private final Class<?> first;
    private final Statistic statistic;
    private final Body body;

    private Builtin(Builder b, Body body) {
        this.name = b.name;
        this.group = b.group;
        this.about = b.about;
        this.detail = b.detail;
        this.parameters = List.copyOf(b.parameters);
        this.result = b.result;
        this.resultAbout = b.resultAbout;
        this.constant = b.constant;
        this.first = b.first;
        this.statistic = b.statistic;
        this.body = body;
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public String group() {
        return group;
    }

    public String about() {
        return about;
    }

    /** Errors, cost, paper; empty where {@link #about} says it all. */
    public String detail() {
        return detail;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public Kind result() {
        return result;
    }

    public String resultAbout() {
        return resultAbout;
    }

    /**
     * The kind of first argument this is for, where several built-ins share a name ({@code count(xs)},
     * {@code count(g, motif)}); null where it is for all others.
     */
    public Class<?> first() {
        return first;
    }

    /**
     * What it computes of a graph when nothing else is given, for null models: {@code compare(g, triads, …)} runs this on the
     * threads that draw the samples. Null where it has no such form; a comparison then calls it on the program's thread.
     */
    public Statistic statistic() {
        return statistic;
    }

    /** Whether its name stands for a value rather than a function. */
    public boolean constant() {
        return constant;
    }

    public Body body() {
        return body;
    }

    /** How arguments find the parameters from {@code first} on: 1 for a method bound to its value. */
    public Signature signatureFrom(int first) {
        int n = parameters.size() - first;
        String[] names = new String[n];
        boolean[] required = new boolean[n];
        int rest = -1;
        for (int i = 0; i < n; i++) {
            Parameter parameter = parameters.get(first + i);
            names[i] = parameter.name();
            required[i] = parameter.required();
            rest = parameter.rest() ? i : rest;
        }
        return new Signature(name, names, required, rest);
    }

    /** {@code compare(g, stat, against:, samples:)}. */
    public String signature() {
        StringBuilder text = new StringBuilder(name).append('(');
        String separator = "";
        for (Parameter p : parameters) {
            text.append(separator)
                    .append(p.required() ? "" : "[")
                    .append(p.name())
                    .append(p.rest() ? "…" : "");
            text.append(p.required() ? "" : "]");
            separator = ", ";
        }
        return text.append(')').toString();
    }

    /** Collects a declaration; ended by {@link #runs}. */
    public static final class Builder {
        private final String name;
        private String group = "language";
        private String about = "";
        private String detail = "";
        private final List<Parameter> parameters = new ArrayList<>();
        private Kind result = Kind.ANY;
        private String resultAbout = "";
        private boolean constant;
        private Class<?> first;
        private Statistic statistic;

        private Builder(String name) {
            this.name = name;
        }

        Builder add(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        public Builder group(String newGroup) {
            group = newGroup;
            return this;
        }

        public Builder about(String summary) {
            about = summary;
            return this;
        }

        /** Makes this the built-in of its name for first arguments of this class; see {@link Cases}. */
        public Builder when(Class<?> firstArgument) {
            first = firstArgument;
            return this;
        }

        /** Lets comparisons run this in place of the body; see {@link Builtin#statistic}. */
        public Builder measures(Statistic ofGraphs) {
            statistic = ofGraphs;
            return this;
        }

        public Builder detail(String text) {
            detail = text;
            return this;
        }

        public Builder parameter(String parameterName, Kind kind, String meaning) {
            parameters.add(new Parameter(parameterName, kind, true, false, meaning));
            return this;
        }

        public Builder optional(String parameterName, Kind kind, String meaning) {
            parameters.add(new Parameter(parameterName, kind, false, false, meaning));
            return this;
        }

        /** Takes all remaining positional arguments as an {@code Object[]}. */
        public Builder rest(String parameterName, Kind kind, String meaning) {
            parameters.add(new Parameter(parameterName, kind, false, true, meaning));
            return this;
        }

        public Builder returns(Kind kind, String meaning) {
            result = kind;
            resultAbout = meaning;
            return this;
        }

        public Builtin runs(Body body) {
            return new Builtin(this, body);
        }

        /** Ends the declaration of a name that stands for a value, {@code pi}, {@code args}: reading it runs the body. */
        public Builtin gives(Body body) {
            constant = true;
            return new Builtin(this, body);
        }
    }
}
