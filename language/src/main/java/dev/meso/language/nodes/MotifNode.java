package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.meso.language.typed.Code;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.MotifValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.List;

/** A motif as a value: predicates become functions, bounds on hops numbers. */
final class MotifNode extends MesoNode {
    private final Code.Motif code;

    /** One for each edge: its predicate, or null. */
    @Children
    private final MesoNode[] predicates;

    /** One for each edge: its bound on hops, or null. */
    @Children
    private final MesoNode[] hops;

    /** One for each condition. */
    @Children
    private final MesoNode[] conditions;

    /** One for each parameter of the motif: its argument. */
    @Children
    private final MesoNode[] arguments;

    MotifNode(Code.Motif code, MesoNode[] predicates, MesoNode[] hops, MesoNode[] conditions, MesoNode[] arguments) {
        this.code = code;
        this.predicates = predicates;
        this.hops = hops;
        this.conditions = conditions;
        this.arguments = arguments;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return make(
                evaluate(frame, predicates),
                evaluate(frame, hops),
                evaluate(frame, conditions),
                evaluate(frame, arguments));
    }

    @ExplodeLoop
    private static Object[] evaluate(VirtualFrame frame, MesoNode[] nodes) {
        Object[] values = new Object[nodes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = nodes[i] == null ? null : nodes[i].executeGeneric(frame);
        }
        return values;
    }

    @TruffleBoundary
    private Object make(Object[] edgePredicates, Object[] bounds, Object[] where, Object[] given) {
        List<MotifValue.Edge> edges = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            Code.EdgeCode edge = code.edges().get(i);
            if (bounds[i] != null && !(bounds[i] instanceof Long k && k >= 1)) {
                throw Mistakes.at(
                        this,
                        hops[i].span(),
                        new MesoException(
                                ErrorCode.WRONG_HOPS,
                                "`within` needs a whole number of hops, 1 or more, not " + Values.describe(bounds[i])));
            }
            edges.add(new MotifValue.Edge(
                    edge.from(), edge.to(), edge.arrow(), (CallableValue) edgePredicates[i], (Long) bounds[i]));
        }
        List<MotifValue.Condition> all = new ArrayList<>();
        for (int i = 0; i < where.length; i++) {
            all.add(new MotifValue.Condition(code.where().get(i).variables(), (CallableValue) where[i]));
        }
        return new MotifValue(
                code.declaration(),
                code.variables(),
                edges,
                all,
                List.of(given),
                getSourceSection().getCharacters().toString());
    }
}
