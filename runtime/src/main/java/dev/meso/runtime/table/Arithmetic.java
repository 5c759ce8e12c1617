package dev.meso.runtime.table;

/** The arithmetic of columns; integers stay integers except in {@link #DIVIDE} and negative powers. */
public enum Arithmetic {
    ADD("add", "+"),
    SUBTRACT("subtract", "-"),
    MULTIPLY("multiply", "*"),
    DIVIDE("divide", "/"),
    /** The remainder has the sign of the left side. */
    REMAINDER("take the remainder of", "%"),
    POWER("raise", "^");

    private final String verb;
    private final String sign;

    Arithmetic(String verb, String sign) {
        this.verb = verb;
        this.sign = sign;
    }

    public String verb() {
        return verb;
    }

    public String sign() {
        return sign;
    }
}
