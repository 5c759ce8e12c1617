package dev.meso.runtime.nulls;

import dev.meso.runtime.task.Monitor;

/**
 * The penalty of {@link BlockChain}, in nats: so high that the chain stands at the right block counts at least about half of the time, so low that it
 * gets away. It is a function of the block counts alone, which all graphs of the space share, so samples remain exchangeable
 * with the observed graph exactly.
 *
 * <p>A graph leaves the right counts along cycles of cells: one connection fewer from a to r, one more from c to r, one fewer from c to s, and
 * so on round to a. Were the cells independent, each with N places for its E connections, taking one away would multiply the number of graphs by
 * E / (N - E + 1) and adding one by (N - E) / (E + 1). With P(a, c) the sum over r of the product of the first for (a, r) and the
 * second for (c, r), all cycles of k rows weigh tr(P^k) / k, each at a penalty exp(-lambda k), and the weight of all graphs is that of those with
 * the right counts times exp of their sum. The sum is at most -ln(1 - z) - z, where z = exp(-lambda) |P| and |P| is the Frobenius norm,
 * also after P is balanced (rows and columns scaled by opposite factors; Osborne, J. ACM 7, 1960), which leaves cycles as they are.
 */
final class BlockPenalty {
    /** -ln(1 - z) - z is about ln 2 here: half of the time is spent at the right counts. */
    private static final double HALF_OF_THE_TIME = 0.77;

    private static final double SMALLEST = 0.5;
    private static final int ROUNDS = 20;

    private BlockPenalty() {}

    /** @param edges connections from each block to each, by rows; cost: blocks times cells that are not empty */
    static double of(Blocks blocks, int[] edges, Monitor monitor) {
        int count = blocks.count();
        double[] p = cycles(blocks, edges, monitor);
        for (int round = 0; round < ROUNDS; round++) {
            for (int a = 0; a < count; a++) {
                balance(p, count, a);
            }
            monitor.checkpoint();
        }
        double squares = 0;
        for (double x : p) {
            squares += x * x;
        }
        return Math.max(SMALLEST, Math.log(Math.sqrt(squares) / HALF_OF_THE_TIME));
    }

    private static double[] cycles(Blocks blocks, int[] edges, Monitor monitor) {
        int count = blocks.count();
        // By columns, so that the inner loop below runs along memory.
        double[] up = new double[count * count];
        for (int c = 0; c < count; c++) {
            for (int r = 0; r < count; r++) {
                double have = edges[c * count + r];
                up[r * count + c] = Math.max(0, blocks.pairs(c, r) - have) / (have + 1);
            }
        }
        double[] p = new double[count * count];
        for (int a = 0; a < count; a++) {
            monitor.checkpoint();
            for (int r = 0; r < count; r++) {
                double have = edges[a * count + r];
                if (have == 0) {
                    continue;
                }
                double down = have / Math.max(1, blocks.pairs(a, r) - have + 1);
                for (int c = 0; c < count; c++) {
                    p[a * count + c] += down * up[r * count + c];
                }
            }
            p[a * count + a] = 0;
        }
        return p;
    }

    /** Scales row and column {@code a} by opposite factors that make them equally long. */
    private static void balance(double[] p, int count, int a) {
        double row = 0;
        double column = 0;
        for (int c = 0; c < count; c++) {
            row += p[a * count + c] * p[a * count + c];
            column += p[c * count + a] * p[c * count + a];
        }
        if (row == 0 || column == 0) {
            // No cycle goes through this row.
            for (int c = 0; c < count; c++) {
                p[a * count + c] = 0;
                p[c * count + a] = 0;
            }
            return;
        }
        double factor = Math.sqrt(Math.sqrt(column / row));
        for (int c = 0; c < count; c++) {
            p[a * count + c] *= factor;
            p[c * count + a] /= factor;
        }
    }
}
