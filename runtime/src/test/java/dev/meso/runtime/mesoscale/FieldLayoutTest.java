package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Function;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.tensor.Program;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of very different sizes, and the model over them beside its formula in plain loops. */
class FieldLayoutTest {
    private static final int N = 90;
    private static final int MODULES = 2;
    private static final int SIZE = 3;
    private static final int HIDDEN = 5;
    private static final int ROWS = 3;

    /** 20 fields of 4 to 40 neurons, and one of all. */
    private static ReceptiveFields fields() {
        RandomGenerator random = Streams.of(4, 0, 0);
        int locations = 20;
        int[] start = new int[locations + 2];
        int[][] members = new int[locations + 1][];
        for (int l = 0; l <= locations; l++) {
            members[l] = l == locations
                    ? IntStream.range(0, N).toArray()
                    : random.ints(4 + 36L * l / locations, 0, N)
                            .distinct()
                            .sorted()
                            .toArray();
            start[l + 1] = start[l] + members[l].length;
        }
        double[] centres = new double[locations];
        return ReceptiveFields.of(
                new LocationGrid(1, 1, centres, centres, centres),
                N,
                start,
                Arrays.stream(members).flatMapToInt(Arrays::stream).toArray(),
                true);
    }

    @Test
    void everyNeuronOfEveryPairHasOnePlace() {
        ReceptiveFields fields = fields();
        FieldLayout layout = FieldLayout.of(structure(fields), MODULES);
        assertTrue(layout.groups().size() > 2, "groups of like size");
        int[] neurons = layout.neurons(fields);
        assertEquals(layout.size(), neurons.length);
        int[] expected = new int[neurons.length];
        Arrays.fill(expected, -1);
        boolean[] pairs = new boolean[layout.pairs()];
        for (int l = 0; l < fields.locations(); l++) {
            int field = fields.size(l);
            assertTrue(layout.places(l) >= field && layout.places(l) <= Math.max(16, 2 * field));
            for (int b = 0; b < MODULES; b++) {
                pairs[layout.pair(l, b)] = true;
                System.arraycopy(fields.neurons(l), 0, expected, layout.start(l, b), field);
            }
        }
        assertArrayEquals(expected, neurons);
        assertEquals(
                (long) MODULES * fields.members().length,
                Arrays.stream(neurons).filter(v -> v >= 0).count());
        for (boolean pair : pairs) {
            assertTrue(pair);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aModelIsItsFormula(boolean tied) {
        ModelStructure structure = structure(fields());
        ModuleMenu menu = new ModuleMenu(
                "Column",
                List.of(new Layer(HIDDEN, HIDDEN, 1, List.of(new Activation(Function.TANH, 1)))),
                1,
                1,
                Presence.ABSENT,
                Presence.ABSENT,
                Presence.ABSENT,
                1,
                1,
                SIZE,
                tied);
        ModelSpec spec = new ModelSpec(
                "Any", menu, MODULES, ModelSpec.Assignment.SCATTER_GATHER, 1, ModelSpec.Observer.of(0.5), false, false);
        ModelGraph graph = new ModelGraph(spec, structure, SIZE, ROWS, 1, 1, 0, null, false);
        Parameters parameters = Parameters.of(graph.graph);
        RandomGenerator random = Streams.of(5, 0, 0);
        Arrays.setAll(parameters.values(), i -> 0.5 * random.nextGaussian());
        double[] states = random.doubles((long) ROWS * N, -1, 1).toArray();
        Program program = Program.compile(Map.of("predicted", graph.predicted), Options.DOUBLE);
        program.set(parameters).set(ModelGraph.STATE, states).set(ModelGraph.TEMPERATURE, 0.7);
        if (tied) {
            program.set(ModelGraph.INVERSE, graph.inverses(parameters, 0.7));
        }
        program.run(Monitor.NONE);
        double[] predicted = program.get("predicted");
        for (int row = 0; row < ROWS; row++) {
            double[] state = Arrays.copyOfRange(states, row * N, (row + 1) * N);
            double[] expected = plain(structure, parameters, state, tied);
            assertArrayEquals(expected, Arrays.copyOfRange(predicted, row * N, (row + 1) * N), 1e-9);
        }
    }

    private static ModelStructure structure(ReceptiveFields fields) {
        return new ModelStructure(fields, null, null, null, null, 0);
    }

    /** The formula of {@link ModelGraph}, pair by pair. */
    private static double[] plain(ModelStructure structure, Parameters parameters, double[] s, boolean tied) {
        ReceptiveFields fields = structure.fields();
        FieldLayout layout = FieldLayout.of(structure, MODULES);
        double[] logits = parameters.get(ModelGraph.LOGITS);
        double[] out = parameters.get(ModelGraph.INTERFACE_OUT);
        double[] shift = parameters.get(ModelGraph.INTERFACE_SHIFT);
        double keep = parameters.get(ModelGraph.KEEP)[0];
        double[] total = new double[N];
        double[] assignment = new double[layout.size()];
        for (int pass = 0; pass < 2; pass++) {
            for (int l = 0; l < fields.locations(); l++) {
                for (int b = 0; b < MODULES; b++) {
                    for (int k = 0; k < fields.size(l); k++) {
                        int at = layout.start(l, b) + k;
                        double e = Math.exp(logits[at] / 0.7);
                        if (pass == 0) {
                            total[fields.neurons(l)[k]] += e;
                        } else {
                            assignment[at] = e / total[fields.neurons(l)[k]];
                        }
                    }
                }
            }
        }
        double[] inverses = tied ? Interfaces.inverses(out, assignment, layout, SIZE) : null;
        double[] predicted = new double[N];
        for (int i = 0; i < N; i++) {
            predicted[i] = keep * s[i];
        }
        for (int l = 0; l < fields.locations(); l++) {
            int[] field = fields.neurons(l);
            int places = layout.places(l);
            for (int b = 0; b < MODULES; b++) {
                int at = layout.start(l, b);
                int pair = layout.pair(l, b);
                double most = Arrays.stream(assignment, at, at + places).max().getAsDouble();
                double[] z = new double[SIZE];
                for (int k = 0; k < field.length; k++) {
                    double a = assignment[at + k] / most;
                    for (int r = 0; r < SIZE; r++) {
                        double in = 0;
                        if (tied) {
                            for (int c = 0; c < SIZE; c++) {
                                in += a * a * out[at * SIZE + c * places + k] * inverses[(pair * SIZE + c) * SIZE + r];
                            }
                        } else {
                            in = a * parameters.get(ModelGraph.INTERFACE_IN)[(at + k) * SIZE + r];
                        }
                        z[r] += s[field[k]] * in;
                    }
                }
                double[] y = module(parameters, b, z, shift, pair);
                for (int k = 0; k < field.length; k++) {
                    for (int r = 0; r < SIZE; r++) {
                        double change = y[r] - shift[pair * SIZE + r] - (tied ? keep * z[r] : 0);
                        predicted[field[k]] += assignment[at + k] * change * out[at * SIZE + r * places + k];
                    }
                }
            }
        }
        return predicted;
    }

    private static double[] module(Parameters parameters, int b, double[] seen, double[] shift, int pair) {
        double[] weights = parameters.get("layer 1 weights");
        double[] readout = parameters.get("readout weights");
        double[] y = Arrays.copyOfRange(parameters.get("readout bias"), b * SIZE, (b + 1) * SIZE);
        for (int u = 0; u < HIDDEN; u++) {
            double sum = parameters.get("layer 1 bias")[b * HIDDEN + u];
            for (int r = 0; r < SIZE; r++) {
                sum += (seen[r] + shift[pair * SIZE + r]) * weights[(b * SIZE + r) * HIDDEN + u];
            }
            for (int r = 0; r < SIZE; r++) {
                y[r] += Math.tanh(sum) * readout[(b * HIDDEN + u) * SIZE + r];
            }
        }
        return y;
    }

    @Test
    void leadingEigenvectorsAreThoseOfTheWholeMatrix() {
        int rows = 200;
        int columns = 30;
        RandomGenerator random = Streams.of(6, 0, 0);
        double[] x = new double[rows * columns];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian() * (i % columns < 3 ? 6 - i % columns : 1);
        }
        double[] square = new double[columns * columns];
        for (int t = 0; t < rows; t++) {
            for (int i = 0; i < square.length; i++) {
                square[i] += x[t * columns + i / columns] * x[t * columns + i % columns] / rows;
            }
        }
        Spectrum whole = Spectrum.of(square, columns);
        Spectrum leading = Spectrum.leading(x, rows, columns, 3);
        for (int r = 0; r < 3; r++) {
            assertEquals(whole.values()[r], leading.values()[r], 1e-9 * whole.values()[r]);
            double shared = 0;
            for (int i = 0; i < columns; i++) {
                shared += whole.vectors()[r * columns + i] * leading.vectors()[r * columns + i];
            }
            assertEquals(1, Math.abs(shared), 1e-9);
        }
    }
}
