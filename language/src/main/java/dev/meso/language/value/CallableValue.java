package dev.meso.language.value;

/** What can be called: a function, a built-in, a bound method, a function of another language. */
public abstract class CallableValue extends MesoValue {

    /** What it takes. */
    public abstract Signature signature();

    /**
     * Calls it with arguments already in the order of the parameters; a missing optional one is null, and a rest
     * parameter an {@code Object[]}.
     */
    public abstract Object callBound(Object[] bound);

    /**
     * Calls it with positional arguments. This is how built-ins call a user's function.
     *
     * @throws dev.meso.runtime.error.MesoException where the number of arguments does not fit
     */
    public Object call(Object... positional) {
        return callBound(signature().bind(positional, Signature.NO_NAMES));
    }
}
