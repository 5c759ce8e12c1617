package dev.meso.runtime.unit;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * A number with a unit: {@code 20 um}. Sums and comparisons convert the right side to the unit of the left; a product whose
 * dimensions cancel is a plain number ({@code 1 s * 2 kHz} is 2000, its unit {@link Unit#ONE}).
 */
public record Quantity(double value, Unit unit) {
    /** A plain number as a quantity. */
    public static Quantity of(double value) {
        return new Quantity(value, Unit.ONE);
    }

    /** @throws MesoException WRONG_UNIT where the dimensions differ, naming both units */
    public Quantity plus(Quantity other) {
        return new Quantity(value + other.like(this, "add"), unit);
    }

    /** @throws MesoException WRONG_UNIT where the dimensions differ, naming both units */
    public Quantity minus(Quantity other) {
        return new Quantity(value - other.like(this, "subtract"), unit);
    }

    public Quantity times(Quantity other) {
        return reduced(value * other.value, unit.times(other.unit));
    }

    public Quantity dividedBy(Quantity other) {
        return reduced(value / other.value, unit.dividedBy(other.unit));
    }

    public Quantity times(double factor) {
        return new Quantity(value * factor, unit);
    }

    public Quantity negate() {
        return new Quantity(-value, unit);
    }

    public Quantity power(int p) {
        return reduced(Math.pow(value, p), unit.power(p));
    }

    /** Negative, zero or positive as this is less than, equal to or greater than {@code other}. */
    public int compare(Quantity other) {
        return Double.compare(value, other.like(this, "compare"));
    }

    /** The number of {@code target}s this is. */
    public double in(Unit target) {
        return unit.convert(value, target);
    }

    private static Quantity reduced(double value, Unit unit) {
        if (unit != Unit.ONE && unit.dimension().equals(Dimension.NONE)) {
            return new Quantity(unit.convert(value, Unit.ONE), Unit.ONE);
        }
        return new Quantity(value, unit);
    }

    private double like(Quantity left, String verb) {
        requireCompatible(verb, left.unit, unit);
        return unit.convert(value, left.unit);
    }

    /** @throws MesoException WRONG_UNIT: "cannot add ms and um: a time and a length" */
    public static void requireCompatible(String verb, Unit left, Unit right) {
        if (!left.compatible(right)) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT,
                    "cannot " + verb + " " + left.name() + " and " + right.name(),
                    left.name()
                            + (left.isOne()
                                    ? " has no unit"
                                    : " is " + left.dimension().describe()) + ", "
                            + right.name()
                            + (right.isOne()
                                    ? " has no unit"
                                    : " is " + right.dimension().describe()));
        }
    }

    @Override
    public String toString() {
        return unit.isOne() ? Double.toString(value) : value + " " + unit;
    }
}
