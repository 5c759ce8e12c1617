package dev.meso.language.check;

import dev.meso.language.ast.Argument;
import dev.meso.language.ast.Span;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Type;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import java.util.ArrayList;
import java.util.List;

/** Fits the arguments of a call to the parameters of what it calls, where those are known. */
final class Arguments {
    private final Session session;

    Arguments(Session session) {
        this.session = session;
    }

    /** One argument: its name (null for a positional one), where it stands and what is known of it. */
    record Given(Argument argument, Span span, Type type) {
        String name() {
            return argument == null || argument.name() == null
                    ? null
                    : argument.name().text();
        }

        Span nameSpan() {
            return argument.name().span();
        }
    }

    private record Taker(
            String name, List<String> names, List<Boolean> required, List<Builtin.Kind> kinds, int rest, String form) {}

    /** Checks a call of something known; {@code skip} parameters are filled already (the value before the dot). */
    void check(Builtin builtin, int skip, List<Given> given, Span call) {
        List<String> names = new ArrayList<>();
        List<Boolean> required = new ArrayList<>();
        List<Builtin.Kind> kinds = new ArrayList<>();
        int rest = -1;
        for (Builtin.Parameter p :
                builtin.parameters().subList(skip, builtin.parameters().size())) {
            rest = p.rest() ? names.size() : rest;
            names.add(p.name());
            required.add(p.required());
            kinds.add(p.kind());
        }
        String form = builtin.signature();
        if (skip > 0) {
            form = "." + builtin.name() + "(" + String.join(", ", names) + ")";
        }
        check(new Taker(builtin.name(), names, required, kinds, rest, form), given, call);
    }

    void check(Type.Function function, List<Given> given, Span call) {
        List<String> names = new ArrayList<>();
        List<Boolean> required = new ArrayList<>();
        StringBuilder form = new StringBuilder(function.name()).append('(');
        for (Type.Parameter p : function.parameters()) {
            form.append(names.isEmpty() ? "" : ", ").append(p.required() ? p.name() : "[" + p.name() + "]");
            names.add(p.name());
            required.add(p.required());
        }
        check(
                new Taker(
                        function.name(),
                        names,
                        required,
                        null,
                        -1,
                        form.append(')').toString()),
                given,
                call);
    }

    private void check(Taker taker, List<Given> given, Span call) {
        Given[] taken = new Given[taker.names().size()];
        int positional = 0;
        for (Given g : given) {
            if (g.name() == null) {
                int slot = taker.rest() >= 0 && positional >= taker.rest() ? taker.rest() : positional;
                positional++;
                if (slot < taken.length) {
                    taken[slot] = g;
                    checkKind(taker, slot, g, given);
                }
            }
        }
        if (taker.rest() < 0 && positional > taken.length) {
            tooMany(taker, given, positional);
            return;
        }
        for (Given g : given) {
            if (g.name() != null) {
                int slot = taker.names().indexOf(g.name());
                if (slot < 0 || slot == taker.rest()) {
                    unknown(taker, g);
                } else if (taken[slot] == null) {
                    taken[slot] = g;
                    checkKind(taker, slot, g, given);
                } else if (taken[slot].name() == null) {
                    // The same name twice is found without knowing the parameters, see verifyNames.
                    twice(taker, g, taken[slot]);
                }
            }
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            if (taken[i] == null && taker.required().get(i)) {
                missing.add(taker.names().get(i));
            }
        }
        boolean misspelt =
                given.stream().anyMatch(g -> g.name() != null && !taker.names().contains(g.name()));
        if (!missing.isEmpty() && !misspelt) {
            session.report(session.error(
                            ErrorCode.MISSING_ARGUMENT,
                            call,
                            "'" + taker.name() + "' needs " + (missing.size() == 1 ? "the argument " : "the arguments ")
                                    + Suggest.all(missing))
                    .withNote("it is called as " + taker.form()));
        }
    }

    /** No name is given twice, whatever is called. That named arguments stand last is seen to by the parser. */
    void verifyNames(List<Given> given) {
        List<Given> before = new ArrayList<>();
        for (Given g : given) {
            if (g.name() == null) {
                continue;
            }
            for (Given other : before) {
                if (other.name().equals(g.name())) {
                    session.report(session.error(
                                    ErrorCode.DUPLICATE_ARGUMENT,
                                    g.nameSpan(),
                                    "the argument '" + g.name() + "' is given twice")
                            .withLabel(session.source, other.nameSpan(), "first here"));
                }
            }
            before.add(g);
        }
    }

    private void tooMany(Taker taker, List<Given> given, int positional) {
        int most = taker.names().size();
        Given first = given.stream()
                .filter(g -> g.name() == null)
                .skip(most)
                .findFirst()
                .orElseThrow();
        String takes = most == 0 ? "no arguments" : most == 1 ? "one argument" : "at most " + most + " arguments";
        session.report(session.error(
                        ErrorCode.TOO_MANY_ARGUMENTS,
                        first.span(),
                        "'" + taker.name() + "' takes " + takes + ", not " + positional)
                .withNote("it is called as " + taker.form()));
    }

    private void unknown(Taker taker, Given g) {
        String hint = Suggest.didYouMean(g.name(), taker.names());
        Diagnostic diagnostic = session.error(
                ErrorCode.UNKNOWN_ARGUMENT,
                g.nameSpan(),
                "'" + taker.name() + "' has no argument named '" + g.name() + "'");
        session.report(diagnostic.withNote("it is called as " + taker.form()).withHint(hint));
    }

    private void twice(Taker taker, Given g, Given first) {
        session.report(session.error(
                        ErrorCode.DUPLICATE_ARGUMENT,
                        g.nameSpan(),
                        "the argument '" + g.name() + "' of '" + taker.name() + "' is given twice")
                .withLabel(session.source, first.span(), "first here, by position")
                .withNote("it is called as " + taker.form()));
    }

    private void checkKind(Taker taker, int slot, Given g, List<Given> all) {
        if (taker.kinds() == null
                || Kinds.accepts(
                        taker.kinds().get(slot), g.type(), taker.required().get(slot))) {
            return;
        }
        Builtin.Kind wanted = taker.kinds().get(slot);
        Diagnostic diagnostic = session.error(
                        ErrorCode.WRONG_TYPE,
                        g.span(),
                        "'" + taker.name() + "' needs " + Kinds.title(wanted) + " for '"
                                + taker.names().get(slot) + "', not " + g.type().title())
                .withNote("it is called as " + taker.form());
        boolean swapped = slot == 0
                && all.size() > 1
                && all.get(1).type().known()
                && Kinds.accepts(wanted, all.get(1).type(), true);
        session.report(swapped ? diagnostic.withHint("the data comes first, what is asked of it second") : diagnostic);
    }
}
