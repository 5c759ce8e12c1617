package dev.meso.language.check;

import dev.meso.language.ast.Argument;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Type;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the bodies of all declarations have in common: known words, clauses given once, settings such as {@code sphere(diameter: 40 um)}. */
final class ClauseCheck {
    /** Noted among the clauses given where one was not understood: then nothing is called missing. */
    static final String MISSPELT = "?";

    private final Session session;
    private final Expressions expressions;

    ClauseCheck(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
    }

    /** One argument of a setting: whether it must be given, and the unit whose dimension it has (null: a plain value). */
    record Option(String name, boolean required, String unit) {}

    /** Reports a word that is none of {@code known}; {@code what} is {@code "a module has no"}. */
    boolean verifyWord(Name word, Collection<String> known, String what) {
        if (known.contains(word.text())) {
            return true;
        }
        String hint = Suggest.didYouMean(word.text(), known);
        Diagnostic diagnostic = session.error(ErrorCode.UNKNOWN_CLAUSE, word.span(), what + " '" + word.text() + "'");
        session.report(
                !hint.isEmpty()
                        ? diagnostic.withHint(hint)
                        : diagnostic.withNote("known here: " + String.join(", ", known)));
        return false;
    }

    void verifyOnce(Map<String, Span> once, String clause, Span span) {
        Span first = once.putIfAbsent(clause, span);
        if (first != null) {
            session.report(session.error(ErrorCode.DUPLICATE_CLAUSE, span, "'" + clause + "' is given twice")
                    .withLabel(session.source, first, "first here"));
        }
    }

    void verifyPresent(Map<String, Span> given, Name declaration, String clause, String example) {
        if (!given.containsKey(clause) && !given.containsKey(MISSPELT)) {
            session.report(session.error(
                            ErrorCode.MISSING_CLAUSE,
                            declaration.span(),
                            "'" + declaration.text() + "' has no '" + clause + "'")
                    .withHint("add a line such as '" + example + "'"));
        }
    }

    /**
     * A setting written as a word or a call: {@code sphere(diameter: 40 um)}. The word must be one of {@code known}, which
     * also says what arguments each takes.
     */
    void setting(BlockScope at, Expression value, Map<String, List<Option>> known, String what) {
        Expression callee = value instanceof Expression.Call call ? call.callee() : value;
        if (!(callee instanceof Expression.Variable word)) {
            session.report(session.error(ErrorCode.UNKNOWN_CLAUSE, value.span(), what + " this")
                    .withNote("known here: " + String.join(", ", known.keySet())));
            return;
        }
        if (!verifyWord(new Name(word.span(), word.name()), known.keySet(), what)) {
            return;
        }
        List<Argument> given = value instanceof Expression.Call call ? call.arguments() : List.of();
        options(at, word, given, known.get(word.name()));
    }

    private void options(BlockScope at, Expression.Variable word, List<Argument> given, List<Option> known) {
        List<String> names = known.stream().map(Option::name).toList();
        Map<String, Span> seen = new HashMap<>();
        int position = 0;
        for (Argument argument : given) {
            Option option = null;
            if (argument.name() == null) {
                option = position < known.size() ? known.get(position) : null;
                position++;
                if (option == null) {
                    session.report(
                            ErrorCode.TOO_MANY_ARGUMENTS,
                            argument.span(),
                            "'" + word.name() + "' takes "
                                    + (names.isEmpty() ? "no arguments" : String.join(", ", names)));
                }
            } else {
                int index = names.indexOf(argument.name().text());
                option = index < 0 ? null : known.get(index);
                if (option == null) {
                    Diagnostic diagnostic = session.error(
                            ErrorCode.UNKNOWN_ARGUMENT,
                            argument.name().span(),
                            "'" + word.name() + "' has no argument named '"
                                    + argument.name().text() + "'");
                    session.report(diagnostic
                            .withNote(names.isEmpty() ? "it takes none" : "it takes " + String.join(", ", names))
                            .withHint(Suggest.didYouMean(argument.name().text(), names)));
                }
            }
            if (option != null) {
                option(at, word, argument, option, seen);
            }
        }
        List<String> missing = new ArrayList<>();
        for (Option option : known) {
            if (option.required() && !seen.containsKey(option.name())) {
                missing.add(option.name());
            }
        }
        if (!missing.isEmpty() && seen.size() == given.size()) {
            session.report(
                    ErrorCode.MISSING_ARGUMENT, word.span(), "'" + word.name() + "' needs " + Suggest.all(missing));
        }
    }

    private void option(
            BlockScope at, Expression.Variable word, Argument argument, Option option, Map<String, Span> seen) {
        Span first = seen.putIfAbsent(option.name(), argument.span());
        if (first != null) {
            session.report(session.error(
                            ErrorCode.DUPLICATE_ARGUMENT,
                            argument.span(),
                            "the argument '" + option.name() + "' of '" + word.name() + "' is given twice")
                    .withLabel(session.source, first, "first here"));
        }
        boolean learned =
                argument.value() instanceof Expression.Variable v && v.name().equals("learned");
        if (learned) {
            return;
        }
        Type type = expressions.check(at, argument.value()).type();
        Unit wanted = option.unit() == null ? Unit.ONE : Unit.ofName(option.unit());
        Unit unit = Operators.unitOf(type);
        if (unit != null && !unit.compatible(wanted)) {
            session.report(session.error(
                            ErrorCode.WRONG_UNIT,
                            argument.value().span(),
                            "'" + option.name() + "' is " + wanted.dimension().describe() + ", not "
                                    + unit.dimension().describe())
                    .withHint(option.unit() == null ? null : "write a unit such as '" + option.unit() + "'"));
        } else if (type.is(Type.Kind.TEXT) || type.is(Type.Kind.BOOLEAN) || type.is(Type.Kind.LIST)) {
            session.report(
                    ErrorCode.WRONG_TYPE,
                    argument.value().span(),
                    "'" + option.name() + "' is " + wanted.dimension().describe() + ", not " + type.title());
        }
    }
}
