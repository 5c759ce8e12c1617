package dev.meso.language.builtin.motifs;

import com.oracle.truffle.api.source.SourceSection;
import dev.meso.language.ast.Declaration.Arrow;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.MotifValue;
import dev.meso.language.value.RowValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.motif.Mask;
import dev.meso.runtime.motif.Pattern;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Monitor;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes patterns of a motif: its predicates are functions of the program, so they are called here, on the thread of the
 * program, and become masks. A predicate on one neuron is called once for each neuron, one on a connection once for each edge
 * of the graph (a connection matches where some parallel edge does), one on several neurons while the search runs.
 *
 * <p>Graphs that share their neurons, such as the samples of a null model, share the masks of neurons too.
 */
public final class MotifPatterns {
    private static final int CALLS_BETWEEN_CHECKPOINTS = 256;

    private final MotifValue motif;
    private final Monitor monitor;
    private final PredicateText text = new PredicateText();
    private Table neurons;
    private Table neuronView;
    private final Map<String, Mask> neuronMasks = new HashMap<>();
    private Pattern bare;

    public MotifPatterns(MotifValue motif, Monitor monitor) {
        this.motif = motif;
        this.monitor = monitor;
    }

    /** Whether a pattern of one graph fits every graph with the same neurons, and may be searched on any thread. */
    public boolean fitsSamples() {
        return motif.edges().stream().allMatch(e -> e.predicate() == null)
                && motif.where().stream().allMatch(c -> c.variables().size() == 1);
    }

    /** The motif as it is to be searched in the wiring of {@code graph}. */
    public Pattern on(Connectome graph) {
        if (neurons != graph.neurons()) {
            neurons = graph.neurons();
            neuronView = graph.neuronView();
            neuronMasks.clear();
            bare = null;
        }
        if (bare != null) {
            return bare;
        }
        Pattern.Builder builder = Pattern.builder();
        motif.variables().forEach(builder::variable);
        addEdges(builder, graph);
        for (MotifValue.Condition condition : motif.where()) {
            if (condition.variables().size() == 1) {
                builder.only(condition.variables().get(0), neuronMask(condition.function()));
            } else {
                addCondition(builder, condition);
            }
        }
        if (motif.induced()) {
            builder.induced();
        }
        Pattern pattern = builder.build();
        bare = fitsSamples() ? pattern : null;
        return pattern;
    }

    private void addEdges(Pattern.Builder builder, Connectome graph) {
        Map<String, Mask> masks = new HashMap<>();
        int[][] connectionOfEdge = new int[1][];
        for (MotifValue.Edge edge : motif.edges()) {
            Mask mask = Mask.ALL;
            if (edge.predicate() != null) {
                String says = text.of(edge.predicate(), List.of("connection"));
                mask = masks.get(says);
                if (mask == null) {
                    if (connectionOfEdge[0] == null) {
                        connectionOfEdge[0] = graph.connectionOfEdge();
                    }
                    mask = edgeMask(edge.predicate(), graph, connectionOfEdge[0], says);
                    masks.put(says, mask);
                }
            }
            addEdge(builder, edge, edge.from(), edge.to(), mask);
            if (edge.arrow() == Arrow.MUTUAL) {
                addEdge(builder, edge, edge.to(), edge.from(), mask);
            }
        }
    }

    private static void addEdge(Pattern.Builder builder, MotifValue.Edge edge, int from, int to, Mask mask) {
        int hops = edge.hops() == null ? 1 : (int) Math.min(edge.hops(), Integer.MAX_VALUE);
        if (edge.arrow() == Arrow.ABSENT) {
            builder.notWithin(from, to, hops, mask);
        } else {
            builder.within(from, to, hops, mask);
        }
    }

    private Mask edgeMask(CallableValue predicate, Connectome graph, int[] connectionOfEdge, String says) {
        BitSet satisfied = new BitSet();
        Table rows = graph.synapseView();
        for (int e = 0; e < graph.m(); e++) {
            int connection = connectionOfEdge[e];
            if (connection >= 0 && !satisfied.get(connection) && holds(predicate, new RowValue(rows, e))) {
                satisfied.set(connection);
            }
            pause(e);
        }
        return Mask.of(satisfied, says);
    }

    private Mask neuronMask(CallableValue predicate) {
        String says = text.of(predicate, List.of("neuron"));
        Mask known = neuronMasks.get(says);
        if (known != null) {
            return known;
        }
        BitSet satisfied = new BitSet();
        for (int v = 0; v < neurons.rows(); v++) {
            satisfied.set(v, holds(predicate, new RowValue(neuronView, v)));
            pause(v);
        }
        Mask mask = Mask.of(satisfied, says);
        neuronMasks.put(says, mask);
        return mask;
    }

    private void addCondition(Pattern.Builder builder, MotifValue.Condition condition) {
        Table rows = neuronView;
        builder.condition(
                condition.variables(),
                bound -> {
                    Object[] arguments = new Object[bound.length];
                    for (int i = 0; i < bound.length; i++) {
                        arguments[i] = new RowValue(rows, bound[i]);
                    }
                    return holds(condition.function(), arguments);
                },
                renaming -> text.of(
                        condition.function(),
                        condition.variables().stream()
                                .map(v -> "neuron " + renaming[v])
                                .toList()));
    }

    private boolean holds(CallableValue predicate, Object... arguments) {
        Object answer = predicate.call(arguments);
        if (answer instanceof Boolean truth) {
            return truth;
        }
        String condition = "a condition";
        if (predicate instanceof FunctionValue function) {
            SourceSection written = function.target().getRootNode().getSourceSection();
            condition = written == null ? condition : "the condition `" + written.getCharacters() + "`";
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                condition + " of the motif '" + motif.name() + "' must be true or false, not "
                        + Values.describe(answer));
    }

    private void pause(int calls) {
        if (calls % CALLS_BETWEEN_CHECKPOINTS == 0) {
            monitor.checkpoint();
        }
    }
}
