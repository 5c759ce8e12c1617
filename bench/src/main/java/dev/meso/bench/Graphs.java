package dev.meso.bench;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.random.Streams;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Graphs to measure on, the same in every run. */
final class Graphs {
    /** The size of the adult fly's connectome at five or more synapses. */
    static final int FLY_NEURONS = 124_891;

    static final int FLY_CONNECTIONS = 2_613_129;

    private static final int STREAM_DOMAIN = 0x62656e63; // "benc"
    /** The part of connections that are answered on purpose, as in brains. */
    private static final double ANSWERED = 0.075;

    private Graphs() {}

    static Wiring fly() {
        return synthetic(FLY_NEURONS, FLY_CONNECTIONS);
    }

    /** Connections with lognormal in- and out-strengths (heavy tails as in brains), about {@code m} after merging. */
    static Wiring synthetic(int n, int m) {
        RandomGenerator random = Streams.of(7, STREAM_DOMAIN, n);
        double[] outs = cumulative(n, random);
        double[] ins = cumulative(n, random);
        int[] pre = new int[m];
        int[] post = new int[m];
        for (int e = 0; e < m; ) {
            int a = draw(outs, random);
            int b = draw(ins, random);
            if (a == b) {
                continue;
            }
            pre[e] = a;
            post[e++] = b;
            if (e < m && random.nextDouble() < ANSWERED) {
                pre[e] = b;
                post[e++] = a;
            }
        }
        return Wiring.of(n, pre, post, false);
    }

    private static double[] cumulative(int n, RandomGenerator random) {
        double[] sums = new double[n];
        double sum = 0;
        for (int v = 0; v < n; v++) {
            sum += Math.exp(random.nextGaussian());
            sums[v] = sum;
        }
        return sums;
    }

    private static int draw(double[] sums, RandomGenerator random) {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(sums.length - 1, at < 0 ? -at - 1 : at);
    }

    /** An edge list {@code pre,post} of whole numbers, with a head line. */
    static Wiring read(Path csv) throws IOException {
        int[] pre = new int[1 << 12];
        int[] post = new int[1 << 12];
        int m = 0;
        int n = 0;
        try (var lines = Files.lines(csv)) {
            for (var row = lines.skip(1).iterator(); row.hasNext(); ) {
                String line = row.next();
                int comma = line.indexOf(',');
                if (m == pre.length) {
                    pre = Arrays.copyOf(pre, 2 * m);
                    post = Arrays.copyOf(post, 2 * m);
                }
                pre[m] = Integer.parseInt(line, 0, comma, 10);
                post[m] = Integer.parseInt(line, comma + 1, line.length(), 10);
                n = Math.max(n, Math.max(pre[m], post[m]) + 1);
                m++;
            }
        }
        return Wiring.of(n, Arrays.copyOf(pre, m), Arrays.copyOf(post, m), false);
    }

    static void write(Wiring graph, Path csv) throws IOException {
        Files.createDirectories(csv.getParent());
        int[] pre = graph.edgeSources();
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("pre,post\n");
            for (int e = 0; e < graph.m(); e++) {
                out.write(pre[e] + "," + graph.outTargets()[e] + "\n");
            }
        }
    }
}
