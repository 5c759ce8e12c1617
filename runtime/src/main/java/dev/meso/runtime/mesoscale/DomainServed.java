package dev.meso.runtime.mesoscale;

import dev.meso.runtime.random.Streams;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.tensor.Graph;
import dev.meso.runtime.tensor.Node;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Program;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * All networks at work on the variables of one domain, each in the best coordinates found for it: {@link #SCREENED} random rotations and reflections, the best
 * {@link #REFINED} of them turned plane by plane. See {@link ModuleSimilarity}.
 */
final class DomainServed {
    private static final int SCREENED = 192;
    private static final int REFINED = 4;
    /** Coordinates that one run of the program tries. */
    private static final int TRIED = 2 * REFINED;

    private static final double[] TURNS = {0.4, 0.4, 0.2, 0.2, 0.1, 0.1, 0.05};
    private static final int STREAM = 91;

    private final int modules;
    private final int size;
    private final int frames;
    private final int module;
    private final long stream;
    private final Whitening[] pooled;
    private final Monitor monitor;
    private final double[] z;
    private final double[] white;
    private final double[] target;
    private final Program networks;
    private final double[] given;
    private final double[] output;

    /**
     * @param pooled of the variables of all domains of each module; null for a module without
     * @param module that the domain belongs to
     * @param z its variables, frames x size
     * @param next the same one frame later
     * @param stream of the random coordinates
     */
    DomainServed(
            FittedModel fit, Whitening[] pooled, int module, double[] z, double[] next, long stream, Monitor monitor) {
        this.modules = pooled.length;
        this.size = fit.learned().size();
        this.frames = z.length / size;
        this.module = module;
        this.stream = stream;
        this.pooled = pooled;
        this.monitor = monitor;
        this.z = z;
        given = new double[modules * size * TRIED * frames];
        output = new double[size];
        Whitening own = Whitening.of(z, size);
        white = own.whitened(z);
        target = own.whitened(next);
        Graph graph = new Graph();
        ModuleNetwork network = new ModuleNetwork(fit.spec().menu(), modules, size, graph);
        Node x = graph.input("x", modules, size, TRIED * frames);
        Node y = network.apply(x, network.recurrent() ? network.emptyMemory() : null);
        networks = Program.compile(Map.of("y", y), Options.DOUBLE);
        for (String name : fit.parameters().names()) {
            if (networks.reads(name)) {
                networks.set(name, fit.parameters().get(name));
            }
        }
    }

    /** How much less than that of decay the error of each network is. */
    double[] gains() {
        double decay = decay();
        double[] gains = new double[modules];
        double[][] best = search();
        for (int a = 0; a < modules; a++) {
            gains[a] = decay - (a == module ? own() : best[a][0]);
        }
        return gains;
    }

    private double decay() {
        double zz = 0;
        double zy = 0;
        double yy = 0;
        for (int i = 0; i < white.length; i++) {
            zz += white[i] * white[i];
            zy += white[i] * target[i];
            yy += target[i] * target[i];
        }
        return (yy - zy * zy / Math.max(Double.MIN_NORMAL, zz)) / frames;
    }

    /** Of the domain's own network, in its own coordinates. */
    private double own() {
        for (int k = 0; k < size; k++) {
            for (int f = 0; f < frames; f++) {
                given[(module * size + k) * TRIED * frames + f] = z[f * size + k];
            }
        }
        networks.set("x", given);
        networks.run(monitor);
        double[] y = networks.get("y");
        double[] made = new double[frames * size];
        for (int k = 0; k < size; k++) {
            for (int f = 0; f < frames; f++) {
                made[f * size + k] = y[(module * size + k) * TRIED * frames + f];
            }
        }
        double[] found = Whitening.of(z, size).whitened(made);
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            sum += (target[i] - found[i]) * (target[i] - found[i]);
        }
        return sum / frames;
    }

    /** For each module the errors in the coordinates that were refined, the least first. */
    private double[][] search() {
        double[][] screened = new double[modules][SCREENED];
        double[][][] rotations = new double[modules][SCREENED][];
        for (int a = 0; a < modules; a++) {
            RandomGenerator random = Streams.of(0, STREAM, stream * modules + a);
            Arrays.setAll(rotations[a], i -> Coordinates.random(size, random));
        }
        double[][][] tried = new double[modules][TRIED][];
        for (int from = 0; from < SCREENED; from += TRIED) {
            for (int a = 0; a < modules; a++) {
                System.arraycopy(rotations[a], from, tried[a], 0, TRIED);
            }
            double[][] errors = errors(tried);
            for (int a = 0; a < modules; a++) {
                System.arraycopy(errors[a], 0, screened[a], from, TRIED);
            }
        }
        double[][] least = new double[modules][REFINED];
        double[][][] best = new double[modules][REFINED][];
        for (int a = 0; a < modules; a++) {
            double[] of = screened[a];
            Integer[] order = new Integer[SCREENED];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingDouble((Integer i) -> of[i]));
            for (int r = 0; r < REFINED; r++) {
                least[a][r] = of[order[r]];
                best[a][r] = rotations[a][order[r]];
            }
        }
        for (double step : TURNS) {
            for (int i = 0; i < size; i++) {
                for (int j = i + 1; j < size; j++) {
                    turn(best, least, i, j, step);
                }
            }
        }
        for (double[] of : least) {
            Arrays.sort(of);
        }
        return least;
    }

    /** Turns all coordinates in one plane: a step to both sides, then to the lowest point of the parabola through the three. */
    private void turn(double[][][] best, double[][] least, int i, int j, double step) {
        double[][][] sides = new double[modules][TRIED][size * size];
        double[][][] lowest = new double[modules][TRIED][size * size];
        for (int a = 0; a < modules; a++) {
            for (int r = 0; r < REFINED; r++) {
                turned(best[a][r], i, j, step, sides[a][2 * r]);
                turned(best[a][r], i, j, -step, sides[a][2 * r + 1]);
            }
        }
        double[][] errors = errors(sides);
        for (int a = 0; a < modules; a++) {
            for (int r = 0; r < REFINED; r++) {
                double up = errors[a][2 * r];
                double down = errors[a][2 * r + 1];
                double curve = up + down - 2 * least[a][r];
                double angle = curve > 0 ? step * (down - up) / (2 * curve) : 0;
                turned(best[a][r], i, j, Math.clamp(angle, -2 * step, 2 * step), lowest[a][2 * r]);
                lowest[a][2 * r + 1] = best[a][r];
            }
        }
        double[][] at = errors(lowest);
        for (int a = 0; a < modules; a++) {
            for (int r = 0; r < REFINED; r++) {
                keep(best[a], least[a], r, sides[a][2 * r], errors[a][2 * r]);
                keep(best[a], least[a], r, sides[a][2 * r + 1], errors[a][2 * r + 1]);
                keep(best[a], least[a], r, lowest[a][2 * r], at[a][2 * r]);
            }
        }
    }

    private static void keep(double[][] best, double[] least, int r, double[] rotation, double error) {
        if (error < least[r]) {
            least[r] = error;
            best[r] = rotation;
        }
    }

    /** Mean squared error of each network in each of {@link #TRIED} coordinates. */
    private double[][] errors(double[][][] rotations) {
        monitor.checkpoint();
        int cases = TRIED * frames;
        for (int a = 0; a < modules; a++) {
            for (int r = 0; r < TRIED && pooled[a] != null; r++) {
                double[] into = product(pooled[a].root(), rotations[a][r]);
                for (int f = 0; f < frames; f++) {
                    for (int k = 0; k < size; k++) {
                        double sum = pooled[a].mean()[k];
                        for (int c = 0; c < size; c++) {
                            sum += into[k * size + c] * white[f * size + c];
                        }
                        given[(a * size + k) * cases + r * frames + f] = sum;
                    }
                }
            }
        }
        networks.set("x", given);
        networks.run(monitor);
        double[] y = networks.get("y");
        double[][] errors = new double[modules][TRIED];
        for (int a = 0; a < modules; a++) {
            for (int r = 0; r < TRIED && pooled[a] != null; r++) {
                // The way back: rows of the rotation are those of its inverse.
                double[] back = product(transposed(rotations[a][r]), pooled[a].inverse());
                double sum = 0;
                for (int f = 0; f < frames; f++) {
                    for (int k = 0; k < size; k++) {
                        output[k] = y[(a * size + k) * cases + r * frames + f]
                                - pooled[a].mean()[k];
                    }
                    for (int k = 0; k < size; k++) {
                        double made = 0;
                        for (int c = 0; c < size; c++) {
                            made += back[k * size + c] * output[c];
                        }
                        double wrong = target[f * size + k] - made;
                        sum += wrong * wrong;
                    }
                }
                errors[a][r] = sum / frames;
            }
        }
        return errors;
    }

    /** Becomes a rotation with its rows i and j turned by an angle. */
    private void turned(double[] rotation, int i, int j, double angle, double[] to) {
        System.arraycopy(rotation, 0, to, 0, to.length);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int c = 0; c < size; c++) {
            double x = rotation[i * size + c];
            double y = rotation[j * size + c];
            to[i * size + c] = cos * x - sin * y;
            to[j * size + c] = sin * x + cos * y;
        }
    }

    private double[] product(double[] a, double[] b) {
        double[] c = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int m = 0; m < size; m++) {
                    c[i * size + j] += a[i * size + m] * b[m * size + j];
                }
            }
        }
        return c;
    }

    private double[] transposed(double[] a) {
        double[] t = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                t[j * size + i] = a[i * size + j];
            }
        }
        return t;
    }
}
