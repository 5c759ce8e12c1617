package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.LoopNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RepeatingNode;
import com.oracle.truffle.api.profiles.BranchProfile;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.RangeValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** {@code for x in iterable { … }}. */
final class ForNode extends MesoNode {
    /** The slots of a loop, counted from its state: where it stands, how far it goes, what it goes over. */
    static final int PLACE = 0;

    static final int LIMIT = 1;
    static final int SEQUENCE = 2;
    static final int SLOTS = 3;

    private final int state;

    @Child
    private MesoNode iterable;

    @Child
    private LoopNode loop;

    /**
     * @param state the first of the loop's slots
     * @param define writes the current element, an {@link ElementNode} of the same state, to the variable
     */
    ForNode(int state, MesoNode iterable, MesoNode define, MesoNode body) {
        this.state = state;
        this.iterable = iterable;
        this.loop = Truffle.getRuntime().createLoopNode(new Turn(state, define, body));
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object over = iterable.executeGeneric(frame);
        MesoValue sequence =
                over instanceof RangeValue || over instanceof ListValue ? (MesoValue) over : sequence(over);
        frame.setLong(state + PLACE, 0);
        frame.setLong(state + LIMIT, sequence.size());
        frame.setObject(state + SEQUENCE, sequence);
        loop.execute(frame);
        return NoneValue.NONE;
    }

    @TruffleBoundary
    private MesoValue sequence(Object over) {
        if (over instanceof MesoValue value && value.size() >= 0) {
            return value;
        }
        MesoValue list = Foreign.is(over) ? Foreign.list(over) : null;
        if (list == null) {
            throw Mistakes.at(
                    this,
                    iterable.span(),
                    new MesoException(
                            ErrorCode.WRONG_TYPE,
                            "`for` goes over lists, ranges, columns and tables, not " + Values.describe(over)));
        }
        return list;
    }

    private static final class Turn extends Node implements RepeatingNode {
        private final int state;

        @Child
        private MesoNode define;

        @Child
        private MesoNode body;

        private final BranchProfile continued = BranchProfile.create();
        private final BranchProfile broken = BranchProfile.create();

        Turn(int state, MesoNode define, MesoNode body) {
            this.state = state;
            this.define = define;
            this.body = body;
        }

        @Override
        public boolean executeRepeating(VirtualFrame frame) {
            long place = frame.getLong(state + PLACE);
            if (place >= frame.getLong(state + LIMIT)) {
                return false;
            }
            define.executeVoid(frame);
            frame.setLong(state + PLACE, place + 1);
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
