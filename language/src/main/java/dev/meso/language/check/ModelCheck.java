package dev.meso.language.check;

import dev.meso.language.ast.Declaration;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Span;
import dev.meso.language.check.ClauseCheck.Option;
import dev.meso.language.check.Scopes.Binding;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.FunctionScope;
import dev.meso.language.check.Scopes.State;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Type.Kind;
import dev.meso.language.typed.Variable;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.mesoscale.Features;
import dev.meso.runtime.mesoscale.LossTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks modules, losses and models. Each becomes a record of what its clauses say, evaluated where it is declared: a
 * setting such as {@code sphere(diameter: 40 um)} is a record of its word and its arguments, a term of a loss is a function of
 * the symbols it mentions.
 */
final class ModelCheck {
    private static final List<String> LAYERS = List.of("dense", "choose", "repeat", "skip", "recurrent", "pass");
    private static final List<String> OPTIONAL_LAYERS = List.of("skip", "recurrent", "pass");
    private static final Map<String, List<Option>> ACTIVATIONS = ordered(
            "relu", List.of(),
            "logistic", List.of(),
            "tanh", List.of(),
            "softplus", List.of(),
            "softmax", List.of(),
            "half_wave", List.of(),
            "divisive_norm", List.of(),
            "max_pool", List.of(new Option("size", true, null)));
    private static final Map<String, List<Option>> DOMAINS =
            ordered("sphere", List.of(new Option("diameter", true, "um"), new Option("stride", false, "um")));
    private static final Map<String, List<Option>> INTERFACES =
            ordered("linear", List.of(new Option("rank", false, null), new Option("tied", false, ClauseCheck.FLAG)));
    private static final Map<String, List<Option>> ASSIGNMENTS = ordered(
            "scatter_gather", List.of(new Option("radius", true, "um")),
            "composite", List.of(new Option("radius", true, "um")));
    private static final Map<String, List<Option>> OBSERVERS = ordered(
            "gain",
            List.of(new Option("gain", true, null), new Option("leak", false, null), new Option("drift", false, null)));

    private static final List<String> LOSS_SYMBOLS = LossTerms.SYMBOLS;
    private static final List<String> MODEL_CLAUSES =
            List.of("structure", "activity", "behavior", "basis", "assign", "observer", "synapses", "features", "loss");

    private final Session session;
    private final Expressions expressions;
    private final ClauseCheck clauses;

    ModelCheck(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
        this.clauses = new ClauseCheck(session, expressions);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<Option>> ordered(Object... pairs) {
        Map<String, List<Option>> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (List<Option>) pairs[i + 1]);
        }
        return map;
    }

    // ---- modules ---------------------------------------------------------------------------------------------------

    Code module(BlockScope at, Declaration.Module module) {
        Map<String, Span> given = new LinkedHashMap<>();
        Fields fields = new Fields(module.span());
        for (Declaration.ModuleClause clause : module.clauses()) {
            switch (clause) {
                case Declaration.Layers layers -> {
                    clauses.verifyOnce(given, "layers", layers.span());
                    if (layers.layers().isEmpty()) {
                        session.report(
                                session.error(ErrorCode.MISSING_CLAUSE, layers.span(), "the menu of layers is empty")
                                        .withHint("add a line such as 'dense 4..32 step 4'"));
                    }
                    List<Code> menu = new ArrayList<>();
                    layers.layers().forEach(layer -> menu.add(layer(at, layer)));
                    fields.add("layers", new Code.ListOf(layers.span(), menu));
                }
                case Declaration.Setting setting -> {
                    String word = setting.keyword().text();
                    if (clauses.verifyWord(
                            setting.keyword(), List.of("layers", "domain", "interface"), "a module has no clause")) {
                        clauses.verifyOnce(given, word, setting.keyword().span());
                        boolean domain = word.equals("domain");
                        fields.add(
                                word,
                                clauses.setting(
                                        at,
                                        setting.value(),
                                        domain ? DOMAINS : INTERFACES,
                                        domain ? "there is no domain called" : "there is no interface called"));
                    } else {
                        given.put(ClauseCheck.MISSPELT, setting.span());
                    }
                }
            }
        }
        clauses.verifyPresent(given, module.name(), "layers", "layers { dense 4..32 step 4 }");
        clauses.verifyPresent(given, module.name(), "domain", "domain sphere(diameter: 40 um, stride: 20 um)");
        clauses.verifyPresent(given, module.name(), "interface", "interface linear(rank: 4)");
        return fields.code();
    }

    /** A record of {@code word}, {@code optional} and {@code values}. */
    private Code layer(BlockScope at, Declaration.Layer layer) {
        String word = layer.keyword().text();
        if (!clauses.verifyWord(layer.keyword(), LAYERS, "there is no layer called")) {
            return ClauseCheck.nothing(layer.span());
        }
        List<Code> values = new ArrayList<>();
        if (layer.optional() && !OPTIONAL_LAYERS.contains(word)) {
            session.report(session.error(ErrorCode.UNKNOWN_CLAUSE, layer.span(), "'" + word + "' cannot be optional")
                    .withNote("only " + Suggest.all(OPTIONAL_LAYERS) + " can"));
        }
        switch (word) {
            case "choose" -> {
                for (Expression activation : layer.values()) {
                    values.add(clauses.setting(at, activation, ACTIVATIONS, "there is no activation called"));
                }
                verifyCount(layer, !layer.values().isEmpty(), "a list of activations: 'choose relu, tanh'");
            }
            case "dense" -> {
                verifyCount(layer, layer.values().size() == 1, "a width or a range of widths: 'dense 4..32 step 4'");
                layer.values().forEach(value -> values.add(size(at, value)));
            }
            case "repeat" -> {
                verifyCount(layer, layer.values().size() == 1, "a depth or a range of depths: 'repeat 1..3'");
                layer.values().forEach(value -> values.add(size(at, value)));
            }
            default -> verifyCount(layer, layer.values().isEmpty(), "nothing, or the word 'optional'");
        }
        Fields fields = new Fields(layer.span());
        fields.add(ClauseCheck.WORD, new Code.Constant(layer.keyword().span(), word));
        fields.add("optional", new Code.Constant(layer.span(), layer.optional()));
        fields.add("values", new Code.ListOf(layer.span(), values));
        return fields.code();
    }

    private void verifyCount(Declaration.Layer layer, boolean right, String takes) {
        if (!right) {
            session.report(
                    ErrorCode.MISSING_ARGUMENT,
                    layer.span(),
                    "'" + layer.keyword().text() + "' takes " + takes);
        }
    }

    /** A whole number or a range of them. */
    private Code size(BlockScope at, Expression value) {
        Checked checked = expressions.check(at, value);
        Type type = checked.type();
        boolean whole = type.is(Kind.INTEGER) || type.is(Kind.RANGE) || !type.known();
        if (!whole) {
            session.report(
                    ErrorCode.WRONG_TYPE, value.span(), "this is a whole number or a range, not " + type.title());
            return checked.code();
        }
        Expression smallest = value instanceof Expression.Range range ? range.from() : value;
        if (smallest instanceof Expression.IntegerLiteral i && i.value() < 1) {
            session.report(ErrorCode.WRONG_VALUE, smallest.span(), "this is at least 1");
        }
        if (value instanceof Expression.Range r
                && r.from() instanceof Expression.IntegerLiteral from
                && r.to() instanceof Expression.IntegerLiteral to
                && to.value() < from.value()) {
            session.report(
                    ErrorCode.WRONG_VALUE,
                    r.span(),
                    "this range is empty: " + from.value() + " is more than " + to.value());
        }
        return checked.code();
    }

    // ---- losses ----------------------------------------------------------------------------------------------------

    /** A record of functions, one for each term, each of the symbols of {@link #LOSS_SYMBOLS} that it mentions. */
    Code loss(BlockScope at, Declaration.Loss loss) {
        if (loss.terms().isEmpty()) {
            session.report(session.error(
                            ErrorCode.MISSING_CLAUSE,
                            loss.name().span(),
                            "'" + loss.name().text() + "' has no term")
                    .withHint("add a line such as 'term predict = mean((next - predicted)^2)'"));
        }
        Map<String, Span> once = new LinkedHashMap<>();
        Fields fields = new Fields(loss.span());
        for (Declaration.Term term : loss.terms()) {
            clauses.verifyOnce(once, "term " + term.name().text(), term.name().span());
            fields.add(term.name().text(), term(at, term));
        }
        return fields.code();
    }

    private Code term(BlockScope at, Declaration.Term term) {
        FunctionScope function = new FunctionScope(at.function);
        BlockScope inside = new BlockScope(at, function);
        for (String symbol : LOSS_SYMBOLS) {
            Binding binding = new Binding(new Variable(symbol, false, term.span()), function, false, null);
            binding.state = State.DEFINED;
            inside.names.put(symbol, binding);
        }
        Checked checked = expressions.check(inside, term.value());
        Type type = checked.type();
        if (type.is(Kind.TEXT) || type.is(Kind.BOOLEAN) || type.is(Kind.LIST)) {
            session.report(
                    ErrorCode.WRONG_TYPE, term.value().span(), "a term of a loss is a number, not " + type.title());
        }
        List<FunctionCode.ParameterCode> parameters = new ArrayList<>();
        for (String symbol : LOSS_SYMBOLS) {
            Binding binding = inside.names.get(symbol);
            if (binding.used) {
                function.place(binding.variable);
                parameters.add(new FunctionCode.ParameterCode(term.value().span(), binding.variable, null));
            }
        }
        if (parameters.isEmpty() && type.isNumber()) {
            session.report(session.warning(
                            ErrorCode.IDLE_CONDITION, term.value().span(), "this term does not depend on the model")
                    .withNote("a term speaks of " + String.join(", ", LOSS_SYMBOLS)));
        }
        FunctionCode code = new FunctionCode(
                term.value().span(),
                term.name().text(),
                parameters,
                checked.code(),
                function.slots,
                function.captures,
                List.of(),
                null);
        return new Code.Closure(term.value().span(), code);
    }

    // ---- models ----------------------------------------------------------------------------------------------------

    Code model(BlockScope at, Declaration.Model model) {
        Map<String, Span> given = new LinkedHashMap<>();
        Fields fields = new Fields(model.span());
        for (Declaration.ModelClause clause : model.clauses()) {
            if (clauses.verifyWord(clause.keyword(), MODEL_CLAUSES, "a model has no clause")) {
                clauses.verifyOnce(
                        given, clause.keyword().text(), clause.keyword().span());
                fields.add(clause.keyword().text(), clause(at, clause));
            } else {
                given.put(ClauseCheck.MISSPELT, clause.span());
            }
        }
        clauses.verifyPresent(given, model.name(), "structure", "structure worm");
        clauses.verifyPresent(given, model.name(), "basis", "basis 4 of Column");
        clauses.verifyPresent(given, model.name(), "assign", "assign scatter_gather(radius: 10 um)");
        if (given.containsKey("activity")) {
            clauses.verifyPresent(given, model.name(), "loss", "loss Explain");
        }
        return fields.code();
    }

    private Code clause(BlockScope at, Declaration.ModelClause clause) {
        String word = clause.keyword().text();
        if (clause.of() != null && !word.equals("basis")) {
            session.report(ErrorCode.UNKNOWN_CLAUSE, clause.of().span(), "'" + word + "' takes no 'of'");
        }
        if (clause.values().isEmpty() || clause.values().size() > 1 && !word.equals("features")) {
            session.report(
                    ErrorCode.MISSING_ARGUMENT,
                    clause.span(),
                    "'" + word + "' takes one value, not " + clause.values().size());
            return ClauseCheck.nothing(clause.span());
        }
        Expression value = clause.values().get(0);
        return switch (word) {
            case "structure" -> verifyKind(at, value, "a graph", Kind.GRAPH);
            case "activity", "behavior" -> expressions.check(at, value).code();
            case "basis" -> basis(at, clause, value);
            case "assign" -> clauses.setting(at, value, ASSIGNMENTS, "there is no assignment called");
            case "observer" -> clauses.setting(at, value, OBSERVERS, "there is no observer called");
            case "synapses" -> clauses.setting(at, value, ordered("latent", List.of()), "synapses cannot be");
            case "features" -> {
                Map<String, List<Option>> known = new LinkedHashMap<>();
                Features.KINDS.forEach(kind -> known.put(kind, List.of()));
                List<Code> features = new ArrayList<>();
                for (Expression feature : clause.values()) {
                    boolean own =
                            feature instanceof Expression.Variable v && expressions.names.find(at, v.name()) != null;
                    features.add(
                            own
                                    ? expressions.check(at, feature).code()
                                    : clauses.setting(at, feature, known, "there is no feature called"));
                }
                yield new Code.ListOf(clause.span(), features);
            }
            case "loss" -> verifyKind(at, value, "a loss", Kind.LOSS);
            default -> throw new IllegalArgumentException(word);
        };
    }

    /** A record of {@code number}, whole or a range to choose from, and {@code module}. */
    private Code basis(BlockScope at, Declaration.ModelClause clause, Expression value) {
        Checked checked = expressions.check(at, value);
        Type number = checked.type();
        Expression least = value instanceof Expression.Range range ? range.from() : value;
        if (number.known() && !number.is(Kind.INTEGER) && !number.is(Kind.RANGE)) {
            session.report(
                    ErrorCode.WRONG_TYPE,
                    value.span(),
                    "the number of modules is a whole number or a range to choose from, not " + number.title());
        } else if (least instanceof Expression.IntegerLiteral i && i.value() < 1) {
            session.report(ErrorCode.WRONG_VALUE, value.span(), "a basis has at least 1 module");
        }
        Name of = clause.of();
        if (of == null) {
            session.report(
                    session.error(ErrorCode.MISSING_ARGUMENT, clause.span(), "'basis' does not say of which module")
                            .withHint("write 'basis 4 of Column'"));
            return ClauseCheck.nothing(clause.span());
        }
        Fields fields = new Fields(clause.span());
        fields.add("number", checked.code());
        fields.add("module", verifyKind(at, new Expression.Variable(of.span(), of.text()), "a module", Kind.MODULE));
        return fields.code();
    }

    private Code verifyKind(BlockScope at, Expression value, String wanted, Kind kind) {
        Checked checked = expressions.check(at, value);
        Type type = checked.type();
        if (type.known() && !type.is(kind)) {
            Diagnostic diagnostic =
                    session.error(ErrorCode.WRONG_TYPE, value.span(), "this is " + type.title() + ", not " + wanted);
            session.report(diagnostic);
        }
        return checked.code();
    }

    /** The fields of a record in the making; of two with one name the first counts. */
    private static final class Fields {
        private final Span span;
        private final Map<String, Code> fields = new LinkedHashMap<>();

        Fields(Span span) {
            this.span = span;
        }

        void add(String name, Code value) {
            fields.putIfAbsent(name, value);
        }

        Code code() {
            return new Code.RecordOf(span, List.copyOf(fields.keySet()), List.copyOf(fields.values()));
        }
    }

    // ---- dynamics --------------------------------------------------------------------------------------------------

    void dynamics(BlockScope at, Declaration.Dynamics dynamics) {
        new DynamicsCheck(session, expressions, clauses).check(at, dynamics);
    }
}
