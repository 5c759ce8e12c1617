package dev.meso.runtime.unit;

import java.util.Map;

/**
 * What kind of quantity a unit measures: exponents of the SI base quantities, plus angle and information, which SI calls
 * dimensionless but which must not be mixed up with plain numbers.
 */
public record Dimension(
        int length, int mass, int time, int current, int temperature, int amount, int angle, int information) {
    /** Of plain numbers. */
    public static final Dimension NONE = new Dimension(0, 0, 0, 0, 0, 0, 0, 0);

    static final Dimension LENGTH = new Dimension(1, 0, 0, 0, 0, 0, 0, 0);
    static final Dimension TIME = new Dimension(0, 0, 1, 0, 0, 0, 0, 0);
    static final Dimension CURRENT = new Dimension(0, 0, 0, 1, 0, 0, 0, 0);
    static final Dimension ANGLE = new Dimension(0, 0, 0, 0, 0, 0, 1, 0);
    static final Dimension INFORMATION = new Dimension(0, 0, 0, 0, 0, 0, 0, 1);
    static final Dimension FREQUENCY = TIME.power(-1);
    static final Dimension VOLTAGE = new Dimension(2, 1, -3, -1, 0, 0, 0, 0);
    static final Dimension CONDUCTANCE = CURRENT.times(VOLTAGE.power(-1));
    static final Dimension RESISTANCE = CONDUCTANCE.power(-1);
    static final Dimension CAPACITANCE = CONDUCTANCE.times(TIME);
    static final Dimension CONCENTRATION = new Dimension(-3, 0, 0, 0, 0, 1, 0, 0);

    private static final Map<Dimension, String> NAMES = Map.ofEntries(
            Map.entry(NONE, "a plain number"),
            Map.entry(LENGTH, "a length"),
            Map.entry(LENGTH.power(2), "an area"),
            Map.entry(LENGTH.power(3), "a volume"),
            Map.entry(TIME, "a time"),
            Map.entry(FREQUENCY, "a frequency"),
            Map.entry(LENGTH.times(FREQUENCY), "a speed"),
            Map.entry(CURRENT, "a current"),
            Map.entry(CURRENT.times(TIME), "a charge"),
            Map.entry(VOLTAGE, "a voltage"),
            Map.entry(CONDUCTANCE, "a conductance"),
            Map.entry(RESISTANCE, "a resistance"),
            Map.entry(CAPACITANCE, "a capacitance"),
            Map.entry(CONCENTRATION, "a concentration"),
            Map.entry(ANGLE, "an angle"),
            Map.entry(INFORMATION, "information"));

    public Dimension times(Dimension o) {
        return new Dimension(
                length + o.length,
                mass + o.mass,
                time + o.time,
                current + o.current,
                temperature + o.temperature,
                amount + o.amount,
                angle + o.angle,
                information + o.information);
    }

    public Dimension power(int p) {
        return new Dimension(
                length * p, mass * p, time * p, current * p, temperature * p, amount * p, angle * p, information * p);
    }

    /** "a length", "a voltage"; for other combinations the exponents, "length^2 time^-1". */
    public String describe() {
        String name = NAMES.get(this);
        if (name != null) {
            return name;
        }
        StringBuilder text = new StringBuilder();
        int[] exponents = {length, mass, time, current, temperature, amount, angle, information};
        String[] bases = {"length", "mass", "time", "current", "temperature", "amount", "angle", "information"};
        for (int i = 0; i < exponents.length; i++) {
            if (exponents[i] != 0) {
                text.append(text.isEmpty() ? "" : " ").append(bases[i]);
                text.append(exponents[i] == 1 ? "" : "^" + exponents[i]);
            }
        }
        return text.toString();
    }
}
