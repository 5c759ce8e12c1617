package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Planted tissue: neurons in space whose activity is made by known modules, to test what a fit finds.
 *
 * <p>Centres of domains stand on a cubic lattice. Each domain runs one {@link PlantedKind} from a state of its own; a neuron of the
 * domain shows a linear mixture of its variables (orthonormal columns, times a gain of its own for each neuron). A neuron's place is drawn within
 * the sphere of its domain with a density that falls to 0 at the surface, so neighbouring domains mix: the nearest centre
 * is often not a neuron's own.
 *
 * @param options how it was made
 * @param positions of the neurons
 * @param activity the recording, not standardized
 * @param signal what it would be without noise, frames x neurons
 * @param domains the neurons of each domain are a block
 * @param modules the neurons whose domains run the same kind are a block
 * @param domain the domain of each neuron, by the number of its centre on {@link #lattice}
 * @param kinds the kind of each domain
 */
public record Tissue(
        Options options,
        Positions positions,
        Activity activity,
        double[] signal,
        Partition domains,
        Partition modules,
        int[] domain,
        List<PlantedKind> kinds) {
    /** Distance between centres in micrometres. */
    public static final double STRIDE = 20;

    /** Diameter of a domain's sphere in micrometres. */
    public static final double DIAMETER = 40;

    /** Others of its domain that a neuron sends to in {@link #connectome}; all of them where the domain is smaller. */
    public static final int OUT_DEGREE = 8;

    private static final double FRAME = 0.1;

    /**
     * @param neurons at least 8 a domain
     * @param side domains along each axis of the lattice
     * @param frames frames of the recording
     * @param kinds how many kinds of modules, 1 to 4, the first of {@link PlantedKind}
     * @param snr variance of a neuron's signal over that of its noise; infinite for none
     * @param seed of everything drawn
     */
    public record Options(int neurons, int side, int frames, int kinds, double snr, long seed) {
        public Options {
            check(side >= 1 && side <= 1000, "'side' is 1 to 1000, not " + side);
            check(frames >= 2, "'frames' is at least 2, not " + frames);
            check(
                    (long) neurons * frames <= Integer.MAX_VALUE - 8,
                    neurons + " neurons in " + frames + " frames are more than 2^31 values");
            check(
                    kinds >= 1 && kinds <= PlantedKind.values().length,
                    "'kinds' is 1 to " + PlantedKind.values().length + ", not " + kinds);
            check(snr > 0, "'snr' is above 0, not " + snr);
            check(
                    neurons >= 8L * side * side * side,
                    neurons + " neurons are too few for " + side * side * side + " domains: at least 8 each");
        }

        private static void check(boolean holds, String message) {
            if (!holds) {
                throw new MesoException(ErrorCode.WRONG_VALUE, message);
            }
        }

        /** Number of domains. */
        public int domains() {
            return side * side * side;
        }
    }

    /** Makes the tissue. Cost: neurons x frames. */
    public static Tissue plant(Options options) {
        int n = options.neurons();
        int count = options.domains();
        RandomGenerator layout = Streams.of(options.seed(), 0, 0);
        int[] domain = new int[n];
        double[][] place = new double[3][n];
        for (int v = 0; v < n; v++) {
            domain[v] = v < 8 * count ? v % count : layout.nextInt(count);
            place(options.side(), domain[v], layout, place, v);
        }
        int[] kind = shuffled(count, options.kinds(), layout);

        double[] signal = new double[Math.multiplyExact(n, options.frames())];
        for (int d = 0; d < count; d++) {
            int own = d;
            int[] neurons = IntStream.range(0, n).filter(v -> domain[v] == own).toArray();
            RandomGenerator random = Streams.of(options.seed(), 1, d);
            double[] path = PlantedKind.values()[kind[d]].path(options.frames(), random);
            show(path, embedding(neurons.length, random), neurons, n, signal);
        }
        double[] values = signal.clone();
        if (options.snr() != Double.POSITIVE_INFINITY) {
            addNoise(values, n, options);
        }
        Unit um = Unit.ofName("um");
        return new Tissue(
                options,
                new Positions(place[0], place[1], place[2], um),
                Activity.of(
                        IntStream.range(1, n + 1).mapToObj(v -> "n" + v).toList(),
                        IntStream.range(0, options.frames())
                                .mapToDouble(t -> FRAME * t)
                                .toArray(),
                        values),
                signal,
                Partition.of(domain),
                Partition.of(IntStream.of(domain).map(d -> kind[d]).toArray()),
                domain,
                IntStream.of(kind).mapToObj(k -> PlantedKind.values()[k]).toList());
    }

    /** A place within the domain's sphere and the box around the lattice, density (1 - r²/R²). */
    private static void place(int side, int domain, RandomGenerator random, double[][] place, int v) {
        int[] cell = {domain % side, domain / side % side, domain / side / side};
        double radius = DIAMETER / 2;
        while (true) {
            double squared = 0;
            boolean inside = true;
            for (int a = 0; a < 3; a++) {
                double offset = radius * (2 * random.nextDouble() - 1);
                squared += offset * offset;
                place[a][v] = cell[a] * STRIDE + offset;
                inside &= place[a][v] >= -STRIDE / 2 && place[a][v] <= (side - 0.5) * STRIDE;
            }
            if (inside && random.nextDouble() < 1 - squared / (radius * radius)) {
                return;
            }
        }
    }

    /** As many domains of each kind as can be, in random order. */
    private static int[] shuffled(int count, int kinds, RandomGenerator random) {
        int[] kind = new int[count];
        for (int d = 0; d < count; d++) {
            int other = random.nextInt(d + 1);
            kind[d] = kind[other];
            kind[other] = d % kinds;
        }
        return kind;
    }

    /** neurons x variables: orthonormal columns times sqrt(neurons), rows times a gain between 0.5 and 2. */
    private static double[] embedding(int neurons, RandomGenerator random) {
        int k = PlantedKind.VARIABLES;
        DMatrixRMaj columns = new DMatrixRMaj(neurons, k);
        for (int i = 0; i < columns.data.length; i++) {
            columns.data[i] = random.nextGaussian();
        }
        var qr = DecompositionFactory_DDRM.qr(neurons, k);
        qr.decompose(columns);
        DMatrixRMaj q = qr.getQ(null, true);
        double[] embedding = new double[neurons * k];
        for (int i = 0; i < neurons; i++) {
            double gain = Math.sqrt(neurons) * Math.exp((2 * random.nextDouble() - 1) * Math.log(2));
            for (int j = 0; j < k; j++) {
                embedding[i * k + j] = gain * q.data[i * k + j];
            }
        }
        return embedding;
    }

    private static void show(double[] path, double[] embedding, int[] neurons, int n, double[] signal) {
        int k = PlantedKind.VARIABLES;
        for (int t = 0; t < path.length / k; t++) {
            for (int i = 0; i < neurons.length; i++) {
                double sum = 0;
                for (int j = 0; j < k; j++) {
                    sum += embedding[i * k + j] * path[t * k + j];
                }
                signal[t * n + neurons[i]] = sum;
            }
        }
    }

    /** White noise; its variance is that of the neuron's own signal divided by the ratio. */
    private static void addNoise(double[] values, int n, Options options) {
        int frames = options.frames();
        for (int v = 0; v < n; v++) {
            double mean = 0;
            double squares = 0;
            for (int t = 0; t < frames; t++) {
                mean += values[t * n + v] / frames;
            }
            for (int t = 0; t < frames; t++) {
                squares += Math.pow(values[t * n + v] - mean, 2);
            }
            double deviation = Math.sqrt(squares / frames / options.snr());
            RandomGenerator random = Streams.of(options.seed(), 2, v);
            for (int t = 0; t < frames; t++) {
                values[t * n + v] += deviation * random.nextGaussian();
            }
        }
    }

    /**
     * A connectome of the neurons, named as in the recording: their places in micrometres ({@code x y z}), the {@code domain} and the
     * {@code kind} of each, and a sparse wiring within domains: every neuron sends to {@link #OUT_DEGREE} others drawn from its own
     * domain. Nothing runs along these connections: what a domain does is its kind's alone. Cost: linear in the neurons.
     *
     * @param how the tissue came about
     */
    public Connectome connectome(Provenance how) {
        IntArrayList pre = new IntArrayList();
        IntArrayList post = new IntArrayList();
        for (int block = 0; block < domains.count(); block++) {
            int[] members = domains.neurons(block);
            RandomGenerator random = Streams.of(options.seed(), 3, domain[members[0]]);
            int degree = Math.min(OUT_DEGREE, members.length - 1);
            for (int v : domains.neurons(block)) {
                for (int drawn = 0, place = 0; drawn < degree; place++) {
                    int other = place + random.nextInt(members.length - place);
                    int target = members[other];
                    members[other] = members[place];
                    members[place] = target;
                    if (target != v) {
                        pre.add(v);
                        post.add(target);
                        drawn++;
                    }
                }
            }
        }
        TextColumn names = TextColumn.of(activity.names().toArray(String[]::new));
        Map<String, Column> neurons = new LinkedHashMap<>();
        neurons.put("id", names);
        for (int axis = 0; axis < 3; axis++) {
            neurons.put(List.of("x", "y", "z").get(axis), DoubleColumn.of(positions.along(axis)));
        }
        neurons.put("domain", LongColumn.of(domain));
        neurons.put("kind", kindOfNeuron());
        return Connectome.builder()
                .neurons(Table.of(neurons))
                .synapses(Table.of("pre", names.select(pre.toIntArray()), "post", names.select(post.toIntArray())))
                .position(List.of("x", "y", "z"), positions.unit())
                .from(List.of(how))
                .build();
    }

    /** The kind that each neuron's domain runs, in small letters. */
    public TextColumn kindOfNeuron() {
        return TextColumn.of(IntStream.of(domain)
                .mapToObj(d -> kinds.get(d).name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
    }

    /** Spheres around the planted centres. */
    public LocationGrid lattice() {
        return lattice(STRIDE, 0);
    }

    /**
     * Spheres of the planted diameter on another lattice: what a fit meets on real tissue.
     *
     * @param stride distance between centres in micrometres; {@link #STRIDE} is the planted one
     * @param shift of the lattice along every axis, in strides
     */
    public LocationGrid lattice(double stride, double shift) {
        return LocationGrid.through(positions, DIAMETER, stride, shift * stride, shift * stride, shift * stride);
    }
}
