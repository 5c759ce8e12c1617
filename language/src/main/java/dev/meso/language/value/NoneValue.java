package dev.meso.language.value;

/** The absent value; null for other languages. */
public final class NoneValue extends MesoValue {
    public static final NoneValue NONE = new NoneValue();

    private NoneValue() {}

    @Override
    public String kind() {
        return "none";
    }

    @Override
    public String text() {
        return "none";
    }
}
