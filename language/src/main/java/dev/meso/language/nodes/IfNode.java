package dev.meso.language.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.profiles.CountingConditionProfile;
import dev.meso.language.value.NoneValue;

/** {@code if c { … } else { … }}; none where nothing applies. */
final class IfNode extends MesoNode {
    private static final String USE = "`if`";

    @Child
    private MesoNode condition;

    @Child
    private MesoNode then;

    @Child
    private MesoNode otherwise;

    private final CountingConditionProfile profile = CountingConditionProfile.create();

    /** @param otherwise may be null */
    IfNode(MesoNode condition, MesoNode then, MesoNode otherwise) {
        this.condition = condition;
        this.then = then;
        this.otherwise = otherwise;
    }

    private boolean holds(VirtualFrame frame) {
        return profile.profile(condition.executeCondition(frame, USE));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (holds(frame)) {
            return then.executeGeneric(frame);
        }
        return otherwise == null ? NoneValue.NONE : otherwise.executeGeneric(frame);
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        if (holds(frame)) {
            return then.executeLong(frame);
        }
        if (otherwise == null) {
            throw new UnexpectedResultException(NoneValue.NONE);
        }
        return otherwise.executeLong(frame);
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        if (holds(frame)) {
            return then.executeDouble(frame);
        }
        if (otherwise == null) {
            throw new UnexpectedResultException(NoneValue.NONE);
        }
        return otherwise.executeDouble(frame);
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        if (holds(frame)) {
            then.executeVoid(frame);
        } else if (otherwise != null) {
            otherwise.executeVoid(frame);
        }
    }
}
