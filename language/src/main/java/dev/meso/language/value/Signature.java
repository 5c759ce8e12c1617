package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.typed.Cell;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import java.util.Arrays;

/**
 * The parameters of something callable, and how the arguments of a call find them. A call site that always gives the
 * same number of arguments under the same names asks once for a {@link #plan} and applies it each time.
 */
public final class Signature {
    public static final String[] NO_NAMES = {};

    private final String callee;
    private final String[] names;
    private final boolean[] required;
    private final int rest;

    /**
     * @param callee what messages call it
     * @param names of the parameters, in order
     * @param required whether each must be given
     * @param rest index of the parameter that takes all further positional arguments, or -1
     */
    public Signature(String callee, String[] names, boolean[] required, int rest) {
        this.callee = callee;
        this.names = names;
        this.required = required;
        this.rest = rest;
    }

    public String callee() {
        return callee;
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    public boolean required(int index) {
        return required[index];
    }

    /**
     * Where each argument of a call goes: {@code slots[i]} is the parameter of argument i, positional ones first; for
     * an argument that joins the rest it is the rest parameter.
     */
    public record Plan(@CompilationFinal(dimensions = 1) int[] slots, int size, int rest, boolean identity) {
        /** The arguments in the order of the parameters. */
        public Object[] apply(Object[] given) {
            if (identity) {
                return given;
            }
            return spread(given);
        }

        /** The same after the cells of a function, as its call target takes them. */
        @ExplodeLoop
        public Object[] apply(Cell[] cells, Object[] given) {
            Object[] bound = new Object[size + 1];
            bound[0] = cells;
            for (int i = 0; i < slots.length; i++) {
                bound[slots[i] + 1] = given[i];
            }
            return bound;
        }

        private Object[] spread(Object[] given) {
            Object[] bound = new Object[size];
            int collected = 0;
            for (int i = 0; i < slots.length; i++) {
                if (slots[i] == rest) {
                    collected++;
                } else {
                    bound[slots[i]] = given[i];
                }
            }
            if (rest >= 0) {
                Object[] all = new Object[collected];
                int next = 0;
                for (int i = 0; i < slots.length; i++) {
                    if (slots[i] == rest) {
                        all[next++] = given[i];
                    }
                }
                bound[rest] = all;
            }
            return bound;
        }
    }

    /**
     * The plan of a call with {@code positional} arguments followed by named ones.
     *
     * @throws ArgumentException for an unknown, repeated, missing or surplus argument
     */
    @TruffleBoundary
    public Plan plan(int positional, String[] named) {
        int[] slots = new int[positional + named.length];
        boolean[] taken = new boolean[names.length];
        for (int i = 0; i < positional; i++) {
            int slot = i;
            if (rest >= 0 && i >= rest) {
                slot = rest;
            } else if (i >= names.length) {
                throw new ArgumentException(ErrorCode.TOO_MANY_ARGUMENTS, -1, tooMany(positional), takes());
            } else {
                taken[i] = true;
            }
            slots[i] = slot;
        }
        for (int i = 0; i < named.length; i++) {
            int slot = Arrays.asList(names).indexOf(named[i]);
            if (slot < 0 || slot == rest) {
                throw ArgumentException.ofArgument(
                        ErrorCode.UNKNOWN_ARGUMENT,
                        positional + i,
                        "`" + callee + "` has no argument named `" + named[i] + "`",
                        hint(named[i]));
            }
            if (taken[slot]) {
                throw ArgumentException.ofArgument(
                        ErrorCode.DUPLICATE_ARGUMENT,
                        positional + i,
                        "the argument `" + named[i] + "` of `" + callee + "` is given twice",
                        takes());
            }
            taken[slot] = true;
            slots[positional + i] = slot;
        }
        for (int p = 0; p < names.length; p++) {
            if (required[p] && !taken[p]) {
                throw new ArgumentException(
                        ErrorCode.MISSING_ARGUMENT,
                        -1,
                        "`" + callee + "` needs the argument `" + names[p] + "`",
                        takes());
            }
        }
        boolean identity = rest < 0 && slots.length == names.length;
        for (int i = 0; identity && i < slots.length; i++) {
            identity = slots[i] == i;
        }
        return new Plan(slots, names.length, rest, identity);
    }

    /** Plans and applies in one step, for calls that do not repeat. */
    @TruffleBoundary
    public Object[] bind(Object[] given, String[] named) {
        return plan(given.length - named.length, named).apply(given);
    }

    private String tooMany(int positional) {
        return "`" + callee + "` takes " + count(names.length) + ", not " + positional;
    }

    private static String count(int n) {
        return n == 0 ? "no arguments" : n == 1 ? "one argument" : "at most " + n + " arguments";
    }

    private String hint(String wrong) {
        String near = Suggest.didYouMean(wrong, Arrays.asList(names));
        return near.isEmpty() ? takes() : near;
    }

    private String takes() {
        return "it is called as " + this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(callee).append('(');
        for (int i = 0; i < names.length; i++) {
            text.append(i == 0 ? "" : ", ").append(required[i] ? "" : "[").append(names[i]);
            text.append(i == rest ? "…" : "").append(required[i] ? "" : "]");
        }
        return text.append(')').toString();
    }
}
