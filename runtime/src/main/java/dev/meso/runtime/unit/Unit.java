package dev.meso.runtime.unit;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A unit of measurement: a product of powers of named units, such as {@code uF/cm^2}. Two units are equal when they mean
 * the same ({@code 1/s} and {@code Hz}). Scales are kept as a power of ten and a rest, so that converting between prefixes
 * rounds at most once: 1000 nm are exactly 1 um.
 *
 * <p>Products of units are remembered, so arithmetic with quantities in a loop makes no new units.
 */
public final class Unit {
    /** The unit of plain numbers. */
    public static final Unit ONE = new Unit(new TreeMap<>(), Dimension.NONE, 0, 1.0);

    private static final int LARGEST_EXPONENT = 60;
    private static final int REMEMBERED = 4096;
    private static final Map<String, Unit> NAMED = named();
    private static final Map<Product, Unit> PRODUCTS = new ConcurrentHashMap<>();

    private record Product(Unit left, Unit right, int power) {
        // Symbols matter here: 1/s and Hz are equal but their products read differently.
        @Override
        public boolean equals(Object other) {
            return other instanceof Product p && left == p.left && right == p.right && power == p.power;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(left) + System.identityHashCode(right)) + power;
        }
    }

    private final Map<String, Integer> powers;
    private final String symbol;
    private final Dimension dimension;
    /** One of this unit is {@code rest * 10^decade} SI units. */
    private final int decade;

    private final double rest;

    private Unit(Map<String, Integer> powers, Dimension dimension, int decade, double rest) {
        this.powers = powers;
        this.symbol = write(powers);
        this.dimension = dimension;
        this.decade = decade;
        this.rest = rest;
    }

    private static Map<String, Unit> named() {
        Map<String, Unit> all = new LinkedHashMap<>();
        add(all, Dimension.LENGTH, 0, "m", "cm", "mm", "um", "nm");
        add(all, Dimension.TIME, 0, "s", "ms", "us");
        addScaled(all, "min", Dimension.TIME, 1, 6.0);
        addScaled(all, "h", Dimension.TIME, 2, 36.0);
        add(all, Dimension.FREQUENCY, 0, "Hz", "kHz");
        add(all, Dimension.VOLTAGE, 0, "V", "mV", "uV");
        add(all, Dimension.CURRENT, 0, "A", "nA", "pA");
        add(all, Dimension.CONDUCTANCE, 0, "S", "mS", "uS", "nS", "pS");
        add(all, Dimension.CAPACITANCE, 0, "F", "uF", "nF", "pF");
        add(all, Dimension.RESISTANCE, 0, "Ohm", "kOhm", "MOhm", "GOhm");
        add(all, Dimension.CONCENTRATION, 3, "M", "mM", "uM", "nM");
        addScaled(all, "rad", Dimension.ANGLE, 0, 1.0);
        addScaled(all, "deg", Dimension.ANGLE, 0, Math.PI / 180);
        addScaled(all, "nats", Dimension.INFORMATION, 0, 1.0);
        addScaled(all, "bits", Dimension.INFORMATION, 0, Math.log(2));
        return all;
    }

    /** The first name has no prefix and lies {@code decade} powers of ten above SI. */
    private static void add(Map<String, Unit> all, Dimension dimension, int decade, String... names) {
        String base = names[0];
        for (String name : names) {
            String prefix = name.substring(0, name.length() - base.length());
            int shift =
                    switch (prefix) {
                        case "" -> 0;
                        case "G" -> 9;
                        case "M" -> 6;
                        case "k" -> 3;
                        case "c" -> -2;
                        case "m" -> -3;
                        case "u" -> -6;
                        case "n" -> -9;
                        case "p" -> -12;
                        default -> throw new IllegalStateException(name);
                    };
            addScaled(all, name, dimension, decade + shift, 1.0);
        }
    }

    private static void addScaled(Map<String, Unit> all, String name, Dimension dimension, int decade, double rest) {
        all.put(name, new Unit(new TreeMap<>(Map.of(name, 1)), dimension, decade, rest));
    }

    /** The names of single units, {@code um}, {@code Hz}, …; products of them are written with {@code * / ^}. */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /** The unit of this single name ({@code µ} and {@code μ} mean {@code u}), or null. */
    public static Unit ofName(String name) {
        return NAMED.get(plain(name));
    }

    /**
     * Reads a unit: {@code um}, {@code uF/cm^2}, {@code 1/s}, {@code um^-1}, {@code V*s}; {@code µ} and {@code μ} mean {@code u}.
     *
     * @throws MesoException UNKNOWN_UNIT with near names
     */
    public static Unit parse(String text) {
        String s = plain(text.strip());
        Unit result = ONE;
        int at = 0;
        char operator = '*';
        while (true) {
            int end = at;
            while (end < s.length() && s.charAt(end) != '*' && s.charAt(end) != '/') {
                end++;
            }
            Unit factor = factor(s.substring(at, end), text);
            result = operator == '*' ? result.times(factor) : result.dividedBy(factor);
            if (end == s.length()) {
                return result;
            }
            operator = s.charAt(end);
            at = end + 1;
        }
    }

    private static Unit factor(String part, String whole) {
        int hat = part.indexOf('^');
        String name = hat < 0 ? part : part.substring(0, hat);
        int power = 1;
        if (hat >= 0) {
            try {
                power = Integer.parseInt(part.substring(hat + 1));
            } catch (NumberFormatException e) {
                throw new MesoException(
                        ErrorCode.WRONG_UNIT,
                        "the exponent '" + part.substring(hat + 1) + "' in the unit '" + whole
                                + "' is not a whole number");
            }
        }
        if (name.equals("1")) {
            return ONE;
        }
        Unit unit = NAMED.get(name);
        if (unit == null) {
            String near = Suggest.didYouMean(name, NAMED.keySet());
            String inside = name.equals(plain(whole)) ? "" : " in '" + whole + "'";
            throw new MesoException(
                    ErrorCode.UNKNOWN_UNIT,
                    name.isEmpty() ? "a unit name is missing" + inside : "there is no unit '" + name + "'" + inside,
                    near.isEmpty() ? "the units are " + String.join(" ", NAMED.keySet()) : near);
        }
        return unit.power(power);
    }

    private static String plain(String text) {
        return text.replace('\u00b5', 'u')
                .replace('\u03bc', 'u')
                .replace("\u03a9", "Ohm")
                .replace("\u2126", "Ohm");
    }

    /** As it is written, {@code uF/cm^2}; empty for {@link #ONE}. */
    public String symbol() {
        return symbol;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** How many SI units (rad, nats) one of this unit is. */
    public double factor() {
        return shift(rest, decade);
    }

    public boolean isOne() {
        return this == ONE;
    }

    /** Whether quantities of the two units can be added and compared. */
    public boolean compatible(Unit other) {
        return this == other || dimension.equals(other.dimension);
    }

    public Unit times(Unit other) {
        if (other == ONE) {
            return this;
        }
        return product(other, 1);
    }

    public Unit dividedBy(Unit other) {
        if (other == ONE) {
            return this;
        }
        return product(other, -1);
    }

    public Unit power(int p) {
        return p == 1 ? this : p == 0 || this == ONE ? ONE : ONE.product(this, p);
    }

    /** This unit times {@code other^power}. */
    private Unit product(Unit other, int power) {
        Product key = new Product(this, other, power);
        Unit known = PRODUCTS.get(key);
        if (known == null) {
            known = combine(other, power);
            if (PRODUCTS.size() < REMEMBERED) {
                Unit raced = PRODUCTS.putIfAbsent(key, known);
                known = raced == null ? known : raced;
            }
        }
        return known;
    }

    private Unit combine(Unit other, int power) {
        TreeMap<String, Integer> all = new TreeMap<>(powers);
        other.powers.forEach((name, p) -> all.merge(name, p * power, (a, b) -> a + b == 0 ? null : a + b));
        for (int p : all.values()) {
            if (Math.abs(p) > LARGEST_EXPONENT) {
                throw new MesoException(
                        ErrorCode.WRONG_UNIT,
                        "the exponents of the unit " + write(all) + " are beyond " + LARGEST_EXPONENT);
            }
        }
        if (all.isEmpty()) {
            return ONE;
        }
        if (all.size() == 1 && all.firstEntry().getValue() == 1) {
            return NAMED.get(all.firstKey());
        }
        return new Unit(
                all,
                dimension.times(other.dimension.power(power)),
                decade + other.decade * power,
                rest * Math.pow(other.rest, power));
    }

    /** Numerator, then one {@code /} per factor of the denominator: {@code mV*s/um^2/nA}, {@code 1/s}. */
    private static String write(Map<String, Integer> powers) {
        StringBuilder over = new StringBuilder();
        StringBuilder under = new StringBuilder();
        powers.forEach((name, p) -> {
            if (p > 0) {
                over.append(over.isEmpty() ? "" : "*").append(name).append(p == 1 ? "" : "^" + p);
            } else {
                under.append('/').append(name).append(p == -1 ? "" : "^" + -p);
            }
        });
        return (over.isEmpty() && !under.isEmpty() ? "1" : over) + under.toString();
    }

    /**
     * {@code value} of this unit expressed in {@code target}.
     *
     * @throws MesoException WRONG_UNIT, naming both, where the dimensions differ
     */
    public double convert(double value, Unit target) {
        if (this == target) {
            return value;
        }
        if (!dimension.equals(target.dimension)) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT,
                    "cannot convert " + name() + " to " + target.name() + ": " + dimension.describe() + " is not "
                            + target.dimension.describe());
        }
        double scaled = rest == target.rest ? value : value * rest / target.rest;
        return shift(scaled, decade - target.decade);
    }

    /** Powers of ten up to 22 are exact doubles: dividing rounds once where multiplying by 1e-3 would round twice. */
    private static double shift(double value, int decades) {
        if (decades == 0) {
            return value;
        }
        return decades > 0 ? value * Math.pow(10, decades) : value / Math.pow(10, -decades);
    }

    /** What messages call it: the symbol, or "a plain number". */
    public String name() {
        return symbol.isEmpty() ? Dimension.NONE.describe() : symbol;
    }

    /** Whether they mean the same, however written. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Unit u && dimension.equals(u.dimension) && decade == u.decade && rest == u.rest;
    }

    @Override
    public int hashCode() {
        return 31 * dimension.hashCode() + decade;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
