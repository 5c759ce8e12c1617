package dev.meso.language.value;

import dev.meso.runtime.unit.Unit;

/** A unit as a value: {@code unit: nm}, {@code x / ms}. */
public final class UnitValue extends MesoValue {
    private final Unit unit;

    public UnitValue(Unit unit) {
        this.unit = unit;
    }

    public Unit unit() {
        return unit;
    }

    @Override
    public String kind() {
        return "unit";
    }

    @Override
    public String text() {
        return unit.isOne() ? "1" : unit.symbol();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitValue u && unit.equals(u.unit);
    }

    @Override
    public int hashCode() {
        return unit.hashCode();
    }
}
