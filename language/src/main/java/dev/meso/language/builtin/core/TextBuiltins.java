package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.Display;
import dev.meso.language.value.Format;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Functions of text. */
public final class TextBuiltins {
    private static final String GROUP = "text";

    private TextBuiltins() {}

    public static List<Builtin> all() {
        return List.of(
                change("upper", "The text in capital letters.", t -> t.toUpperCase(Locale.ROOT)),
                change("lower", "The text in small letters.", t -> t.toLowerCase(Locale.ROOT)),
                change("trim", "The text without white space at its ends.", String::strip),
                Builtin.named("split")
                        .group(GROUP)
                        .about("The parts of a text between separators; without one, its words.")
                        .parameter("t", Kind.TEXT, "the text")
                        .optional("separator", Kind.TEXT, "white space by default")
                        .returns(Kind.LIST, "text")
                        .runs(call -> split(call.text(0), call.text(1, null))),
                Builtin.named("join")
                        .group(GROUP)
                        .about("The items of a list as one text.")
                        .parameter("xs", Kind.ANY, "the items")
                        .optional("separator", Kind.TEXT, "stands between them; nothing by default")
                        .returns(Kind.TEXT, "the text")
                        .runs(TextBuiltins::join),
                Builtin.named("replace")
                        .group(GROUP)
                        .about("The text with every occurrence of a part replaced.")
                        .parameter("t", Kind.TEXT, "the text")
                        .parameter("part", Kind.TEXT, "what is replaced")
                        .parameter("by", Kind.TEXT, "by what")
                        .returns(Kind.TEXT, "the new text")
                        .runs(call -> call.text(0).replace(call.text(1), call.text(2))),
                question("contains", "Whether the text contains the part.", String::contains),
                question("starts_with", "Whether the text starts with the part.", String::startsWith),
                question("ends_with", "Whether the text ends with the part.", String::endsWith),
                Builtin.named("format")
                        .group(GROUP)
                        .about("A value as text in a format: format(pi, \".2f\") is 3.14.")
                        .parameter("x", Kind.ANY, "the value")
                        .parameter("as", Kind.TEXT, ".3f, .2e, d, 8.2f, >10, .1%, as in \"{x:.3f}\"")
                        .returns(Kind.TEXT, "the text")
                        .runs(call -> Format.apply(call.argument(0), call.text(1))),
                Builtin.named("text")
                        .group(GROUP)
                        .about("A value as text; numbers keep all digits.")
                        .parameter("x", Kind.ANY, "the value")
                        .returns(Kind.TEXT, "the text")
                        .runs(call -> exact(call.argument(0))),
                number("number"),
                number("to_number"));
    }

    private static Builtin change(String name, String about, UnaryOperator<String> f) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("t", Kind.TEXT, "the text")
                .returns(Kind.TEXT, "the new text")
                .runs(call -> f.apply(call.text(0)));
    }

    @FunctionalInterface
    private interface Question {
        boolean ask(String text, String part);
    }

    private static Builtin question(String name, String about, Question question) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("t", Kind.TEXT, "the text")
                .parameter("part", Kind.TEXT, "the part")
                .returns(Kind.BOOLEAN, "true or false")
                .runs(call -> question.ask(call.text(0), call.text(1)));
    }

    private static ListValue split(String text, String separator) {
        List<Object> parts = new ArrayList<>();
        if (separator == null) {
            int start = -1;
            for (int i = 0; i <= text.length(); i++) {
                boolean gap = i == text.length() || Character.isWhitespace(text.charAt(i));
                if (!gap && start < 0) {
                    start = i;
                } else if (gap && start >= 0) {
                    parts.add(text.substring(start, i));
                    start = -1;
                }
            }
        } else if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
        } else {
            int start = 0;
            for (int at; (at = text.indexOf(separator, start)) >= 0; start = at + separator.length()) {
                parts.add(text.substring(start, at));
            }
            parts.add(text.substring(start));
        }
        return ListValue.of(parts);
    }

    private static String join(Call call) {
        String separator = call.text(1, "");
        StringBuilder text = new StringBuilder();
        Object[] items = call.list(0).toArray();
        for (int i = 0; i < items.length; i++) {
            text.append(i == 0 ? "" : separator).append(Display.text(items[i]));
        }
        return text.toString();
    }

    private static String exact(Object value) {
        if (value instanceof Double x && !Double.isNaN(x) && !Double.isInfinite(x)) {
            return shortest(x);
        }
        if (value instanceof QuantityValue q) {
            return shortest(q.value()) + " " + q.unit().symbol();
        }
        return Display.text(value);
    }

    /** The fewest digits that read back as the same number. */
    private static String shortest(double x) {
        return Double.toString(x).replace("E", "e");
    }

    private static Builtin number(String name) {
        return Builtin.named(name)
                .group(GROUP)
                .about("The number that a text says; a number stays as it is.")
                .parameter("x", Kind.ANY, "text such as \"42\" or \"1.5e-3\"")
                .optional("otherwise", Kind.ANY, "given where the text is no number; without it that is an error")
                .returns(Kind.ANY, "a whole number where the text is one, else a number")
                .runs(TextBuiltins::number);
    }

    private static Object number(Call call) {
        Object x = call.argument(0);
        if (x instanceof Long || x instanceof Double) {
            return x;
        }
        if (x instanceof QuantityValue q) {
            throw call.bad(
                    0,
                    "is the quantity " + q.text(),
                    "divide by its unit: `x / " + q.unit().symbol() + "`");
        }
        if (x == NoneValue.NONE && call.given(1)) {
            return call.argument(1);
        }
        Object parsed = parse(call.text(0).strip());
        if (parsed != null) {
            return parsed;
        }
        if (call.given(1)) {
            return call.argument(1);
        }
        throw call.bad(
                0, "is " + Values.describe(x) + ", which is no number", "say what to give instead: `otherwise: none`");
    }

    private static Object parse(String text) {
        String plain = text.replace("_", "");
        if (plain.isEmpty() || "+-.0123456789".indexOf(plain.charAt(0)) < 0) {
            return switch (plain) {
                case "nan" -> (Object) Double.NaN;
                case "inf" -> Double.POSITIVE_INFINITY;
                default -> null;
            };
        }
        if (plain.equals("-inf")) {
            return Double.NEGATIVE_INFINITY;
        }
        char last = plain.charAt(plain.length() - 1);
        if (last != '.' && !Character.isDigit(last)) {
            return null;
        }
        try {
            return Long.parseLong(plain);
        } catch (NumberFormatException e) {
            // Perhaps it has a fraction, or is too large for a whole number.
        }
        try {
            return Double.parseDouble(plain);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
