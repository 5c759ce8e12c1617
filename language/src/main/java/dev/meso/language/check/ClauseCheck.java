package dev.meso.language.check;

import dev.meso.language.ast.Argument;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.Type;
import dev.meso.language.value.NoneValue;
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

    /** The field of a setting that holds its word: {@code "sphere"}. */
    static final String WORD = "word";

    private final Session session;
    private final Expressions expressions;

    ClauseCheck(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
    }

    /** The unit of an option that is true or false. */
    static final String FLAG = "flag";

    /**
     * One argument of a setting: whether it must be given, and the unit whose dimension it has (null: a number, {@link #FLAG}: true
     * or false).
     */
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
     * also says what arguments each takes. The code is a record of {@link #WORD} and the arguments given, under the names
     * of their options; the argument {@code learned} is that text.
     */
    Code setting(BlockScope at, Expression value, Map<String, List<Option>> known, String what) {
        Expression callee = value instanceof Expression.Call call ? call.callee() : value;
        if (!(callee instanceof Expression.Variable word)) {
            session.report(session.error(ErrorCode.UNKNOWN_CLAUSE, value.span(), what + " this")
                    .withNote("known here: " + String.join(", ", known.keySet())));
            return nothing(value.span());
        }
        if (!verifyWord(new Name(word.span(), word.name()), known.keySet(), what)) {
            return nothing(value.span());
        }
        List<Argument> given = value instanceof Expression.Call call ? call.arguments() : List.of();
        List<String> names = new ArrayList<>(List.of(WORD));
        List<Code> values = new ArrayList<>(List.of(new Code.Constant(word.span(), word.name())));
        options(at, word, given, known.get(word.name()), names, values);
        return new Code.RecordOf(value.span(), names, values);
    }

    static Code nothing(Span span) {
        return new Code.Constant(span, NoneValue.NONE);
    }

    private void options(
            BlockScope at,
            Expression.Variable word,
            List<Argument> given,
            List<Option> known,
            List<String> settingNames,
            List<Code> settingValues) {
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
            if (option != null && option(at, word, argument, option, seen, settingValues)) {
                settingNames.add(option.name());
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

    /** Whether a value was added, which is not so where the option was given before. */
    private boolean option(
            BlockScope at,
            Expression.Variable word,
            Argument argument,
            Option option,
            Map<String, Span> seen,
            List<Code> values) {
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
            if (first == null) {
                values.add(new Code.Constant(argument.span(), "learned"));
            }
            return first == null;
        }
        Checked checked = expressions.check(at, argument.value());
        Type type = checked.type();
        if (FLAG.equals(option.unit())) {
            if (type.known() && !type.is(Type.Kind.BOOLEAN)) {
                session.report(
                        ErrorCode.WRONG_TYPE,
                        argument.value().span(),
                        "'" + option.name() + "' is true or false, not " + type.title());
            }
            if (first == null) {
                values.add(checked.code());
            }
            return first == null;
        }
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
        if (first == null) {
            values.add(checked.code());
        }
        return first == null;
    }
}
