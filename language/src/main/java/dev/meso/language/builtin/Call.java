package dev.meso.language.builtin;

/** One call of a built-in: its arguments, one per parameter in order; a missing optional one is null. */
public final class Call {
    private final Builtin builtin;
    private final Object[] arguments;

    public Call(Builtin builtin, Object[] arguments) {
        this.builtin = builtin;
        this.arguments = arguments;
    }

    public Builtin builtin() {
        return builtin;
    }

    public boolean given(int index) {
        return arguments[index] != null;
    }

    public Object argument(int index) {
        return arguments[index];
    }
}
