package dev.meso.language.check;

import dev.meso.language.ast.Argument;
import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.Type;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Checks null models: known statistics, none twice, a combination that can be sampled. */
final class NullModelCheck {
    /** The statistics and the named arguments of each; those with {@code *} take columns by position. */
    private static final Map<String, List<String>> STATISTICS = Map.of(
            "edges", List.of(),
            "reciprocal", List.of(),
            "degrees", List.of(),
            "reciprocal degrees", List.of(),
            "distance", List.of("bins"),
            "blocks", List.of("*", "partition"),
            "connections", List.of(),
            "weights", List.of());

    private static final List<String> METHODS = List.of("switching");
    private static final List<String> SWITCHING = List.of("per_edge");
    private static final List<String> ALLOWED = List.of("autapses");

    private final Session session;
    private final Expressions expressions;

    NullModelCheck(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
    }

    Code check(BlockScope at, Declaration.NullModel model) {
        int before = session.errors();
        Map<String, Declaration.Statistic> preserved = new LinkedHashMap<>();
        Map<String, Span> once = new LinkedHashMap<>();
        List<Code.NamedArgument> options = new ArrayList<>();
        List<String> shuffled = new ArrayList<>();
        for (Declaration.NullClause clause : model.clauses()) {
            switch (clause) {
                case Declaration.Preserve p -> {
                    for (Declaration.Statistic s : p.statistics()) {
                        statistic(at, s, preserved, options);
                    }
                }
                case Declaration.Shuffle s -> {
                    verifyWord(s.what(), List.of("weights"), "cannot shuffle");
                    verifyOnce(once, "shuffle " + s.what().text(), s.span());
                    shuffled.add("shuffle " + s.what().text());
                }
                case Declaration.Sample s -> {
                    verifyWord(s.method(), METHODS, "there is no way of sampling called");
                    verifyOnce(once, "sample", s.span());
                    named(
                            at,
                            "sample",
                            s.span(),
                            s.arguments() == null ? List.of() : s.arguments(),
                            SWITCHING,
                            options);
                }
                case Declaration.Allow a -> {
                    verifyWord(a.what(), ALLOWED, "a null model cannot allow");
                    verifyOnce(once, a.what().text() + " allowed", a.span());
                }
            }
        }
        boolean silent = model.clauses().stream().noneMatch(c -> c instanceof Declaration.Preserve);
        if (silent) {
            session.report(session.error(
                            ErrorCode.MISSING_CLAUSE,
                            model.name().span(),
                            "the null model '" + model.name().text() + "' does not say what it preserves")
                    .withHint("add a line such as 'preserve degrees'"));
        } else if (session.errors() == before && !preserved.isEmpty()) {
            List<String> all = new ArrayList<>();
            preserved.values().forEach(s -> all.add(s.key()));
            all.addAll(shuffled);
            verifySampler(model, all);
        }
        return new Code.NullModel(model.span(), model, options);
    }

    private void statistic(
            BlockScope at,
            Declaration.Statistic s,
            Map<String, Declaration.Statistic> preserved,
            List<Code.NamedArgument> options) {
        String words = s.text();
        List<String> takes = STATISTICS.get(words);
        if (takes == null) {
            List<String> all = STATISTICS.keySet().stream().sorted().toList();
            String hint = Suggest.didYouMean(words, all);
            Diagnostic diagnostic = session.error(
                    ErrorCode.UNKNOWN_STATISTIC, s.span(), "there is no statistic called '" + words + "'");
            session.report(
                    !hint.isEmpty()
                            ? diagnostic.withHint(hint)
                            : diagnostic.withNote("a null model can preserve " + String.join(", ", all)));
            return;
        }
        Declaration.Statistic other = preserved.putIfAbsent(words, s);
        if (other != null) {
            boolean same = other.expected() == s.expected();
            Diagnostic diagnostic = same
                    ? session.error(
                            ErrorCode.CONFLICTING_STATISTICS, s.span(), "the statistic '" + words + "' is given twice")
                    : session.error(
                                    ErrorCode.CONFLICTING_STATISTICS,
                                    s.span(),
                                    "'" + words + "' cannot be preserved both exactly and on average")
                            .withHint("'expected " + words + "' holds on average, '" + words
                                    + "' in every sample: keep one");
            session.report(diagnostic
                    .saying(s.expected() ? "on average" : same ? "" : "exactly")
                    .withLabel(
                            session.source,
                            other.span(),
                            "first here" + (same ? "" : other.expected() ? ", on average" : ", exactly")));
        }
        named(at, words, s.span(), s.arguments() == null ? List.of() : s.arguments(), takes, options);
    }

    /** Columns by position, where {@code takes} has a star, and named arguments, which become options. */
    private void named(
            BlockScope at,
            String owner,
            Span ownerSpan,
            List<Argument> given,
            List<String> takes,
            List<Code.NamedArgument> options) {
        Map<String, Span> seen = new LinkedHashMap<>();
        for (Argument argument : given) {
            if (argument.name() == null) {
                column(owner, argument, takes.contains("*"));
                continue;
            }
            String name = argument.name().text();
            List<String> names = takes.stream().filter(t -> !t.equals("*")).toList();
            if (!names.contains(name)) {
                Diagnostic diagnostic = session.error(
                        ErrorCode.UNKNOWN_ARGUMENT,
                        argument.name().span(),
                        "'" + owner + "' has no argument named '" + name + "'");
                session.report(
                        names.isEmpty()
                                ? diagnostic
                                : diagnostic
                                        .withNote("it takes " + String.join(", ", names))
                                        .withHint(Suggest.didYouMean(name, names)));
                continue;
            }
            Span first = seen.putIfAbsent(name, argument.name().span());
            if (first != null) {
                session.report(session.error(
                                ErrorCode.DUPLICATE_ARGUMENT,
                                argument.name().span(),
                                "the argument '" + name + "' is given twice")
                        .withLabel(session.source, first, "first here"));
            }
            Checked value = expressions.check(at, argument.value());
            verifyOption(owner + "." + name, value.type(), argument);
            options.add(new Code.NamedArgument(argument.name().span(), owner + "." + name, value.code()));
        }
        if (owner.equals("blocks") && given.size() > 1) {
            session.report(session.error(
                            ErrorCode.TOO_MANY_ARGUMENTS,
                            given.get(1).span(),
                            "'blocks' takes one column, one partition or 'latent'")
                    .withHint(
                            "for blocks of several columns give a label to each neuron: 'blocks(partition: labels)'"));
        }
        boolean needsOne = owner.equals("blocks") || owner.equals("distance");
        if (needsOne && given.isEmpty()) {
            session.report(session.error(
                            ErrorCode.MISSING_ARGUMENT,
                            ownerSpan,
                            "'" + owner + "' needs "
                                    + (owner.equals("blocks") ? "a column, a partition or 'latent'" : "'bins'"))
                    .withHint(
                            owner.equals("blocks")
                                    ? "write 'blocks(region)', 'blocks(partition: p)' or 'blocks(latent)'"
                                    : "write 'distance(bins: 10 um)'"));
        }
    }

    private void column(String owner, Argument argument, boolean allowed) {
        if (!allowed) {
            session.report(ErrorCode.TOO_MANY_ARGUMENTS, argument.span(), "'" + owner + "' takes named arguments only");
        } else if (!(argument.value() instanceof Expression.Variable)) {
            session.report(session.error(
                            ErrorCode.WRONG_TYPE, argument.span(), "'" + owner + "' takes the bare name of a column")
                    .withHint("write 'blocks(region)'; for a value write 'blocks(partition: …)'"));
        }
    }

    private void verifyOption(String option, Type type, Argument argument) {
        Span span = argument.value().span();
        switch (option) {
            case "distance.bins" -> {
                if (type.isNumber()) {
                    session.report(session.error(
                                    ErrorCode.WRONG_UNIT, span, "the width of distance bins needs a unit of length")
                            .withHint("write '10 um'"));
                } else if (type instanceof Type.Quantity q
                        && !q.unit().compatible(dev.meso.runtime.unit.Unit.ofName("um"))) {
                    session.report(
                            ErrorCode.WRONG_UNIT,
                            span,
                            "the width of distance bins is a length, not "
                                    + q.unit().dimension().describe());
                }
            }
            case "sample.per_edge" -> {
                if (argument.value() instanceof Expression.IntegerLiteral i && i.value() < 1) {
                    session.report(ErrorCode.WRONG_VALUE, span, "'per_edge' is at least 1");
                } else if (type.is(Type.Kind.TEXT) || type.is(Type.Kind.BOOLEAN)) {
                    session.report(ErrorCode.WRONG_TYPE, span, "'per_edge' is a whole number, not " + type.title());
                }
            }
            default -> {}
        }
    }

    private void verifyWord(Name word, List<String> known, String complaint) {
        if (!known.contains(word.text())) {
            String hint = Suggest.didYouMean(word.text(), known);
            session.report(session.error(ErrorCode.UNKNOWN_CLAUSE, word.span(), complaint + " '" + word.text() + "'")
                    .withHint(!hint.isEmpty() ? hint : "known here: " + String.join(", ", known)));
        }
    }

    private void verifyOnce(Map<String, Span> once, String clause, Span span) {
        Span first = once.putIfAbsent(clause, span);
        if (first != null) {
            session.report(session.error(ErrorCode.DUPLICATE_CLAUSE, span, "'" + clause + "' is given twice")
                    .withLabel(session.source, first, "first here"));
        }
    }

    private void verifySampler(Declaration.NullModel model, List<String> combination) {
        Environment.NullModels known = session.environment.nullModels();
        if (known.known(new LinkedHashSet<>(combination))) {
            return;
        }
        Diagnostic diagnostic = session.error(
                ErrorCode.NO_SAMPLER,
                model.name().span(),
                "no sampler for " + String.join(", ", combination) + " is known to be uniform");
        diagnostic = diagnostic.withNote(
                "the combinations that can be sampled are\n" + String.join("\n", known.combinations()));
        boolean redundant = combination.contains("edges") && combination.contains("degrees");
        session.report(redundant ? diagnostic.withHint("'degrees' already fixes the number of edges") : diagnostic);
    }
}
