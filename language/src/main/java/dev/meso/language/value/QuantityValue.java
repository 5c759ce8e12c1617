package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;

/** A number with a unit: {@code 20 um}. */
public final class QuantityValue extends MesoValue {
    private final Quantity quantity;

    public QuantityValue(Quantity quantity) {
        this.quantity = quantity;
    }

    public QuantityValue(double value, Unit unit) {
        this(new Quantity(value, unit));
    }

    /** The value of a calculation: a plain number where the units cancelled. */
    public static Object of(Quantity quantity) {
        return quantity.unit().isOne() ? (Object) quantity.value() : new QuantityValue(quantity);
    }

    public Quantity quantity() {
        return quantity;
    }

    public double value() {
        return quantity.value();
    }

    public Unit unit() {
        return quantity.unit();
    }

    @Override
    public String kind() {
        return "quantity";
    }

    @Override
    @TruffleBoundary
    public String text() {
        String number = Display.number(value());
        String plain = number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
        return plain + " " + unit().symbol();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        return other instanceof QuantityValue q && unit().compatible(q.unit()) && quantity.compare(q.quantity) == 0;
    }

    @Override
    @TruffleBoundary
    public int hashCode() {
        return unit().dimension().hashCode();
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(QuantityValue.class)
                .property("value", Kind.NUMBER, "the number, without the unit", QuantityValue::value)
                .property("unit", Kind.UNIT, "the unit", q -> new UnitValue(q.unit()))
                .end();
    }
}
