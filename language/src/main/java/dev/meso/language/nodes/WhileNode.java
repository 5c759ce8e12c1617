package dev.meso.language.nodes;

import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import com.oracle.truffle.api.profiles.BranchProfile;
import dev.meso.language.value.NoneValue;

/** {@code while condition { … }}. */
final class WhileNode extends MesoNode {
    @Child
    private LoopNode loop;

    WhileNode(MesoNode condition, MesoNode body) {
        loop = Truffle.getRuntime().createLoopNode(new Turn(condition, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        loop.execute(frame);
        return NoneValue.NONE;
    }

    private static final class Turn extends Node implements RepeatingNode {
        private static final String USE = "`while`";

        @Child
        private MesoNode condition;

        @Child
        private MesoNode body;

        private final BranchProfile continued = BranchProfile.create();
        private final BranchProfile broken = BranchProfile.create();

        Turn(MesoNode condition, MesoNode body) {
            this.condition = condition;
            this.body = body;
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            if (!condition.executeCondition(frame, USE)) {
                return false;
            }
            try {
                body.executeVoid(frame);
            } catch (ContinueException e) {
                continued.enter();
            } catch (BreakException e) {
                broken.enter();
                return false;
            }
            return true;
        }
    }
}
