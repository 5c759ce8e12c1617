package dev.meso.language.value;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Format specifications of interpolation and {@code format}: {@code [[fill]align][+][0][width][,][.digits][kind]}. Align is
 * {@code <}, {@code >} or {@code ^}; {@code +} shows the sign also of positive numbers; {@code ,} separates thousands; kind is {@code d} (whole), {@code f}
 * (fixed), {@code e} (scientific), {@code g} (significant digits), {@code %} (times 100, fixed) or {@code s} (text, cut at
 * {@code .digits}).
 */
public final class Format {
    private static final int LARGEST = 10_000;

    private char fill = ' ';
    private char align;
    private boolean plus;
    private boolean thousands;
    private int width;
    private int digits = -1;
    private char kind;

    private Format() {}

    /** @throws MesoException WRONG_VALUE for a bad specification, WRONG_TYPE where the value does not fit it */
    public static String apply(Object value, String specification) {
        Format format = read(specification);
        String body = format.body(value);
        return format.pad(body, !(value instanceof String));
    }

    private static Format read(String s) {
        Format f = new Format();
        int at = 0;
        int n = s.length();
        if (n >= 2 && isAlign(s.charAt(1))) {
            f.fill = s.charAt(0);
            f.align = s.charAt(1);
            at = 2;
        } else if (n >= 1 && isAlign(s.charAt(0))) {
            f.align = s.charAt(0);
            at = 1;
        }
        if (at < n && s.charAt(at) == '+') {
            f.plus = true;
            at++;
        }
        if (at < n && s.charAt(at) == '0' && f.align == 0) {
            f.fill = '0';
            f.align = '=';
            at++;
        }
        int start = at;
        while (at < n && Character.isDigit(s.charAt(at))) {
            f.width = Math.min(LARGEST, 10 * f.width + s.charAt(at++) - '0');
        }
        if (at < n && s.charAt(at) == ',') {
            f.thousands = true;
            at++;
        }
        if (at < n && s.charAt(at) == '.') {
            f.digits = 0;
            start = ++at;
            while (at < n && Character.isDigit(s.charAt(at))) {
                f.digits = Math.min(LARGEST, 10 * f.digits + s.charAt(at++) - '0');
            }
            if (at == start) {
                throw bad(s);
            }
        }
        if (at < n && "dfeg%s".indexOf(s.charAt(at)) >= 0) {
            f.kind = s.charAt(at++);
        }
        if (at != n || f.width >= LARGEST || f.digits >= LARGEST) {
            throw bad(s);
        }
        return f;
    }

    private static boolean isAlign(char c) {
        return c == '<' || c == '>' || c == '^';
    }

    private static MesoException bad(String s) {
        return new MesoException(
                ErrorCode.WRONG_VALUE, "`" + s + "` is no format", "formats look like .3f, .2e, d, 8.2f, >10, .1%");
    }

    private String body(Object value) {
        if (value instanceof QuantityValue quantity && kind != 's' && (kind != 0 || digits >= 0)) {
            return number(quantity.value()) + " " + quantity.unit().symbol();
        }
        if (kind == 's' || kind == 0 && digits < 0 && !thousands && !plus) {
            String text = Display.text(value);
            return digits >= 0 && digits < text.length() ? text.substring(0, digits) : text;
        }
        if (value instanceof Long whole) {
            return whole(whole);
        }
        if (value instanceof Double x) {
            return number(x);
        }
        throw new MesoException(ErrorCode.WRONG_TYPE, "a number format needs a number, not " + Values.describe(value));
    }

    private String whole(long value) {
        if (kind == 0 && digits < 0 || kind == 'd') {
            return sign(value >= 0) + group(Long.toString(value));
        }
        if (kind == 'f' || kind == '%') {
            return fixed(BigDecimal.valueOf(value));
        }
        return number(value);
    }

    private String number(double x) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return Display.number(x);
        }
        BigDecimal exact = new BigDecimal(x);
        return switch (kind) {
            case 'f', '%' -> fixed(exact);
            case 'e' -> sign(x >= 0) + scientific(exact, digits < 0 ? 6 : digits);
            case 'd' -> {
                if (x != Math.rint(x)) {
                    throw new MesoException(
                            ErrorCode.WRONG_VALUE, "the format d is for whole numbers, not " + Display.number(x));
                }
                yield sign(x >= 0) + group(exact.toBigInteger().toString());
            }
            default -> sign(x >= 0) + (digits < 0 ? Display.number(x) : general(exact, Math.max(1, digits)));
        };
    }

    private String sign(boolean positive) {
        return plus && positive ? "+" : "";
    }

    private String fixed(BigDecimal x) {
        BigDecimal scaled = kind == '%' ? x.movePointRight(2) : x;
        String text =
                scaled.setScale(digits < 0 ? 6 : digits, RoundingMode.HALF_EVEN).toPlainString();
        return sign(x.signum() >= 0) + group(text) + (kind == '%' ? "%" : "");
    }

    private static String scientific(BigDecimal x, int places) {
        BigDecimal rounded = x.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        int exponent = x.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String general(BigDecimal x, int significant) {
        BigDecimal rounded = x.round(new MathContext(significant, RoundingMode.HALF_EVEN));
        int exponent = x.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < significant) {
            return x.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        String text = scientific(x, significant - 1);
        int e = text.indexOf('e');
        String mantissa = text.substring(0, e);
        if (mantissa.indexOf('.') >= 0) {
            int end = mantissa.length();
            while (mantissa.charAt(end - 1) == '0') {
                end--;
            }
            mantissa = mantissa.substring(0, mantissa.charAt(end - 1) == '.' ? end - 1 : end);
        }
        return mantissa + text.substring(e);
    }

    private String group(String text) {
        if (!thousands) {
            return text;
        }
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        int first = text.startsWith("-") ? 1 : 0;
        StringBuilder grouped = new StringBuilder(text);
        for (int i = end - 3; i > first; i -= 3) {
            grouped.insert(i, ',');
        }
        return grouped.toString();
    }

    private String pad(String text, boolean right) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        String padding = String.valueOf(fill).repeat(missing);
        return switch (align) {
            case '<' -> text + padding;
            case '^' -> padding.substring(0, missing / 2) + text + padding.substring(missing / 2);
            case '=' -> {
                int signs = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
                yield text.substring(0, signs) + padding + text.substring(signs);
            }
            case '>' -> padding + text;
            default -> right ? padding + text : text + padding;
        };
    }
}
