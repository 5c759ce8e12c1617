package dev.meso.language.value;

import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.unit.Quantity;

/** Distances in bins of equal width, {@code distance(bins: 10 um)}. */
public final class DistanceBinsValue extends MesoValue {
    private final Quantity width;

    /** @param width positive */
    public DistanceBinsValue(Quantity width) {
        this.width = width;
    }

    public Quantity width() {
        return width;
    }

    @Override
    public String kind() {
        return "distance";
    }

    @Override
    public String text() {
        return "distance(bins: " + Display.shortText(QuantityValue.of(width)) + ")";
    }

    @Override
    public Members members() {
        return Holder.MEMBERS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistanceBinsValue d && Values.equal(QuantityValue.of(width), QuantityValue.of(d.width));
    }

    @Override
    public int hashCode() {
        return Values.hash(QuantityValue.of(width));
    }

    private static final class Holder {
        static final Members MEMBERS = Members.of(DistanceBinsValue.class)
                .property("bins", Kind.QUANTITY, "the width of the bins", d -> QuantityValue.of(d.width))
                .end();
    }
}
