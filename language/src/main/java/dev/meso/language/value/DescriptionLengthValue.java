package dev.meso.language.value;

import dev.meso.runtime.nulls.DescriptionLength;

/**
 * A description length: a record of its parts, which can be compared with and subtracted from another one of the same encoding
 * only.
 */
public final class DescriptionLengthValue extends RecordValue {
    private static final RecordShape SHAPE =
            new RecordShape("data", "model", "total", "bound", "encoding", "formula", "estimate", "estimate_method");

    private final DescriptionLength length;

    public DescriptionLengthValue(DescriptionLength length) {
        super(SHAPE, new Object[] {
            length.data(),
            length.model(),
            length.total(),
            length.bound(),
            length.encoding(),
            length.formula(),
            length.estimate().isPresent() ? (Object) length.estimate().getAsDouble() : NoneValue.NONE,
            length.estimate().isPresent() ? length.estimateMethod() : NoneValue.NONE
        });
        this.length = length;
    }

    /**
     * How many nats longer this is.
     *
     * @throws dev.meso.runtime.error.MesoException INCOMPARABLE_LENGTHS where the encodings differ
     */
    double minus(DescriptionLengthValue other) {
        return length.minus(other.length);
    }

    @Override
    public String kind() {
        return "description length";
    }
}
