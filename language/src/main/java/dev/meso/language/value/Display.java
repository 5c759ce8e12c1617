package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How values are shown. Numbers have 6 significant digits; {@code save} and {@code text(x)} keep all. */
public final class Display {
    private static final int DIGITS = 6;
    private static final double LARGEST_PLAIN = 1e15;

    private Display() {}

    /** As {@code print} shows it: text without quotes. */
    @TruffleBoundary
    public static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof MesoValue meso ? meso.text() : shortText(value);
    }

    /** As it stands inside a list: text in quotes, one line. */
    @TruffleBoundary
    public static String shortText(Object value) {
        if (value instanceof Double number) {
            return number(number);
        } else if (value instanceof String text) {
            return quote(text);
        } else if (value instanceof MesoValue meso) {
            return meso.shortText();
        } else if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        return String.valueOf(InteropLibrary.getUncached().toDisplayString(value));
    }

    /** As a literal of the language. */
    @TruffleBoundary
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '{' -> quoted.append("\\{");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** A double in 6 significant digits; whole ones keep all digits and end in {@code .0}. */
    @TruffleBoundary
    public static String number(double x) {
        if (Double.isNaN(x)) {
            return "nan";
        } else if (Double.isInfinite(x)) {
            return x > 0 ? "inf" : "-inf";
        } else if (x == Math.rint(x) && Math.abs(x) < LARGEST_PLAIN) {
            return (long) x + ".0";
        }
        BigDecimal rounded = new BigDecimal(x).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal stripped = rounded.stripTrailingZeros();
        if (exponent >= -4 && exponent < DIGITS) {
            return stripped.toPlainString();
        }
        return scientific(stripped, exponent);
    }

    private static String scientific(BigDecimal stripped, int exponent) {
        String digits = stripped.unscaledValue().abs().toString();
        String sign = stripped.signum() < 0 ? "-" : "";
        return sign + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e" + exponent;
    }
}
