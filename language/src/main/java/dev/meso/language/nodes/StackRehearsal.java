package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.RootNode;
import dev.meso.language.MesoError;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * Returns once and fails once. Java gives a class up for good where its first use meets the end of the stack, so what
 * calls and their failures need is loaded before functions can call each other too deeply.
 */
final class StackRehearsal extends RootNode {
    private static volatile boolean done;

    private final boolean fails;

    private StackRehearsal(boolean fails) {
        super(null);
        this.fails = fails;
    }

    /** Called before the first function of a process is built; costs nothing afterwards. */
    static void once() {
        if (done) {
            return;
        }
        done = true;
        new StackRehearsal(false).getCallTarget().call();
        try {
            new StackRehearsal(true).getCallTarget().call();
        } catch (MesoError expected) {
            // This is what was rehearsed.
        }
    }

    @Override
    public Object execute(VirtualFrame frame) {
        if (fails) {
            throw MesoError.outside(new MesoException(ErrorCode.RECURSION_TOO_DEEP, "rehearsed"));
        }
        return 0L;
    }
}
