package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.meso.language.MesoContext;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.value.Display;
import dev.meso.language.value.Expecting;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** {@code expect a == b +- t from "source"}: checked and reported; the program goes on. */
final class ExpectNode extends MesoNode {
    private final ComparisonOperator operator;

    @Child
    private MesoNode left;

    @Child
    private MesoNode right;

    @Child
    private MesoNode tolerance;

    @Child
    private MesoNode source;

    /** All but {@code left} may be null. */
    ExpectNode(MesoNode left, ComparisonOperator operator, MesoNode right, MesoNode tolerance, MesoNode source) {
        this.left = left;
        this.operator = operator;
        this.right = right;
        this.tolerance = tolerance;
        this.source = source;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object found = left.executeGeneric(frame);
        Object expected = right == null ? null : right.executeGeneric(frame);
        Object within = tolerance == null ? null : tolerance.executeGeneric(frame);
        Object from = source == null ? null : source.executeGeneric(frame);
        report(found, expected, within, from);
        return NoneValue.NONE;
    }

    @TruffleBoundary
    private void report(Object found, Object expected, Object within, Object from) {
        boolean holds;
        try {
            holds = operator == null ? truth(found) : Expecting.holds(operator, found, expected, within);
        } catch (MesoException e) {
            throw error(e);
        }
        String condition = getSourceSection().getCharacters().toString();
        condition = condition.startsWith("expect ") ? condition.substring(7) : condition;
        int from0 = condition.indexOf('\n');
        condition = from0 < 0 ? condition : condition.substring(0, from0) + " …";
        String report = (holds ? "holds: " : "FAILS: ")
                + condition.strip()
                + (operator == null ? "" : " (found " + Display.shortText(found) + ")");
        MesoContext context = MesoContext.get(this);
        context.expectations().add(holds, report, from == null ? "" : Display.text(from));
        context.printLine(report);
    }

    private static boolean truth(Object found) {
        if (found instanceof Boolean holds) {
            return holds;
        }
        throw new MesoException(ErrorCode.WRONG_TYPE, "`expect` needs true or false, not " + Values.describe(found));
    }
}
