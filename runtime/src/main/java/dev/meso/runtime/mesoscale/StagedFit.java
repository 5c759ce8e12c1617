package dev.meso.runtime.mesoscale;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.recording.Activity;
import dev.meso.runtime.recording.Baselines;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.space.ReceptiveFields;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mesoscale model as the staged start leaves it: every neuron in at most one domain, every domain run by one module through an interface of its
 * own. A neuron in no domain is predicted by its mean, 0.
 */
public final class StagedFit implements Forecaster, Serializable {
    private static final long serialVersionUID = 1L;

    private final int neurons;
    private final double gain;
    private final List<Interface> interfaces;
    private final List<SmallNetwork> networks;
    private final DescriptionLength length;
    private final Link[][] links;
    private transient Map<WarmStart.Taught, Map<String, double[]>> taught;

    /**
     * @param states that of each frame of {@code train}, from which the next is predicted
     * @param links {@code links[b][d]} of domain d to module b
     */
    StagedFit(
            Activity train,
            double[] states,
            double gain,
            ReceptiveFields fields,
            List<Interface> interfaces,
            List<SmallNetwork> networks,
            Link[][] links) {
        this.neurons = train.neurons();
        this.gain = gain;
        this.interfaces = List.copyOf(interfaces);
        this.networks = List.copyOf(networks);
        this.links = links;
        this.length = length(train, states, fields);
    }

    /** Networks of the menu that were taught what this fit's small networks do, by parameter: kept for other fits that begin here. */
    synchronized Map<WarmStart.Taught, Map<String, double[]>> taught() {
        if (taught == null) {
            taught = new ConcurrentHashMap<>();
        }
        return taught;
    }

    private DescriptionLength length(Activity train, double[] states, ReceptiveFields fields) {
        int n = neurons;
        double[] squares = new double[n];
        long[] values = new long[n];
        double[] state = new double[n];
        double[] next = new double[n];
        int[] starts = train.windows(2, 1);
        for (int t : starts) {
            System.arraycopy(states, t * n, state, 0, n);
            step(state, next);
            for (int i = 0; i < n; i++) {
                if (!train.missing(t + 1, i)) {
                    squares[i] += Math.pow(train.value(t + 1, i) - next[i], 2);
                    values[i]++;
                }
            }
        }
        int[] pairs = new int[n];
        long parameters = 0;
        boolean[] used = new boolean[networks.size()];
        for (Interface one : interfaces) {
            parameters += one.freeParameters();
            parameters += used[one.module()] ? 0 : networks.get(one.module()).freeParameters();
            used[one.module()] = true;
            for (int v : one.neurons()) {
                pairs[v] = fields.depth(v) * networks.size();
            }
        }
        for (int i = 0; i < n; i++) {
            squares[i] /= Math.max(1, values[i]);
        }
        return DescriptionLength.of(squares, values, parameters, starts.length, pairs);
    }

    /** One a domain. */
    public List<Interface> interfaces() {
        return interfaces;
    }

    /** One a module; one that no domain uses changes nothing. */
    public List<SmallNetwork> networks() {
        return networks;
    }

    /**
     * {@code links[b][d]} takes the variables of domain d to the coordinates of network b, also where d is run by another module: there it is the best
     * one the search knew, so that a fit may change its mind.
     */
    Link[][] links() {
        return links;
    }

    /** Of the training part. */
    public DescriptionLength length() {
        return length;
    }

    /** Neurons of one domain are a block. */
    public Partition domains() {
        return blocks(false);
    }

    /** Neurons whose domains are run by the same module are a block. */
    public Partition modules() {
        return blocks(true);
    }

    private Partition blocks(boolean module) {
        int[] label = new int[neurons];
        Arrays.fill(label, Partition.NONE);
        for (Interface one : interfaces) {
            for (int v : one.neurons()) {
                label[v] = module ? one.module() : one.location();
            }
        }
        return Partition.of(label);
    }

    @Override
    public String name() {
        return "staged start";
    }

    @Override
    public void observe(double[] seen, double[] state) {
        Baselines.correct(gain, seen, state);
    }

    @Override
    public void step(double[] state, double[] next) {
        Arrays.fill(next, 0);
        for (Interface one : interfaces) {
            SmallNetwork network = networks.get(one.module());
            double[] y = new double[one.rank()];
            double[] ahead = new double[one.rank()];
            one.read(state, y);
            network.apply(y, new double[network.width()], ahead);
            one.write(ahead, next);
        }
    }
}
