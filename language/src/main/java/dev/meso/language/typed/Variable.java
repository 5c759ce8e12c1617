package dev.meso.language.typed;

import dev.meso.language.ast.Span;

/**
 * A variable as the checker resolved it. Where it lives is decided once a whole source has been checked:
 *
 * <ul>
 *   <li>{@link Home#LOCAL}: in a slot of the frame of the function that owns it (the program itself is a function).
 *       A slot that a function inside captures ({@link #captured()}) holds a {@code Cell} instead of the value.
 *   <li>{@link Home#MODULE}: in a {@code Cell} of the module's scope; so are top-level names that functions read, and
 *       names of earlier sources of the same session.
 * </ul>
 *
 * Top-level variables that no function reads are LOCAL, so that loops of a script run in registers; the program copies
 * them to the scope when it ends (see {@link FunctionCode#exports()}).
 */
public final class Variable {
    /** Where a variable lives. */
    public enum Home {
        LOCAL,
        MODULE
    }

    private final String name;
    private final boolean mutable;
    private final Span definedAt;
    private Home home = Home.LOCAL;
    private boolean captured;
    private int slot = -1;
    private Cell cell;

    public Variable(String name, boolean mutable, Span definedAt) {
        this.name = name;
        this.mutable = mutable;
        this.definedAt = definedAt;
    }

    public String name() {
        return name;
    }

    public boolean mutable() {
        return mutable;
    }

    /** Where it was defined, in the source that defined it. */
    public Span definedAt() {
        return definedAt;
    }

    public Home home() {
        return home;
    }

    public boolean captured() {
        return captured;
    }

    /** The frame slot in its owner, for a LOCAL variable. */
    public int slot() {
        return slot;
    }

    /** The cell of a MODULE variable, or of a LOCAL one that is exported; made by the module's scope. */
    public Cell cell() {
        return cell;
    }

    public void capture() {
        captured = true;
    }

    public void placeInFrame(int newSlot) {
        home = Home.LOCAL;
        slot = newSlot;
    }

    public void placeInModule() {
        home = Home.MODULE;
    }

    public void bindCell(Cell newCell) {
        cell = newCell;
    }

    @Override
    public String toString() {
        return name + "@" + home + (captured ? " captured" : "") + (slot >= 0 ? " slot " + slot : "");
    }
}
