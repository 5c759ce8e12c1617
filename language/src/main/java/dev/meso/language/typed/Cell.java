package dev.meso.language.typed;

/** The place of one captured or module variable; closures and the scope share it. */
public final class Cell {
    /** The value, or null before the definition ran; the interpreter reports a read of that. */
    public Object value;

    public Cell() {}

    public Cell(Object value) {
        this.value = value;
    }
}
