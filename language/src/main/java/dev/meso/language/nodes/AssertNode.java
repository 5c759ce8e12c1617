package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.value.Display;
import dev.meso.language.value.NoneValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** {@code assert condition, "message"}: stops the program where the condition does not hold. */
final class AssertNode extends MesoNode {
    @Child
    private MesoNode condition;

    @Child
    private MesoNode message;

    /** @param message may be null */
    AssertNode(MesoNode condition, MesoNode message) {
        this.condition = condition;
        this.message = message;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (!condition.executeCondition(frame, "`assert`")) {
            CompilerDirectives.transferToInterpreter();
            String text = message == null ? "this does not hold" : Display.text(message.executeGeneric(frame));
            throw Mistakes.at(
                    this, condition.span(), new MesoException(ErrorCode.ASSERTION_FAILED, "assertion failed: " + text));
        }
        return NoneValue.NONE;
    }
}
