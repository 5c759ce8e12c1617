package dev.meso.runtime.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.TextColumn;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockMatrixTest {
    @Property(tries = 60, seed = "41")
    void cellsAreWhatIsCountedPairByPair(@ForAll @IntRange(min = 2, max = 15) int n, @ForAll long seed) {
        Random random = new Random(seed);
        int[] pre = random.ints(3 * n, 0, n).toArray();
        int[] post = random.ints(3 * n, 0, n).toArray();
        Connectome g = Connectome.of(n, pre, post);
        Partition p = Partition.of(random.ints(n, -1, 4).toArray());
        BlockMatrix matrix = BlockMatrix.of(p, g.wiring());
        BlockMatrix weights = BlockMatrix.weights(p, g);
        for (int r = 0; r < p.count(); r++) {
            for (int s = 0; s < p.count(); s++) {
                int count = 0;
                int pairs = 0;
                int synapses = 0;
                for (int v : p.neurons(r)) {
                    for (int w : p.neurons(s)) {
                        count += v != w && g.wiring().connects(v, w) ? 1 : 0;
                        pairs += v != w ? 1 : 0;
                        for (int e = 0; e < pre.length; e++) {
                            synapses += v != w && pre[e] == v && post[e] == w ? 1 : 0;
                        }
                    }
                }
                assertEquals(count, matrix.get(r, s));
                assertEquals(synapses, weights.get(r, s));
                assertEquals(pairs == 0 ? Double.NaN : count / (double) pairs, matrix.density(r, s));
            }
        }
    }

    @Test
    void asATable() {
        Connectome g = Connectome.of(3, new int[] {0, 1}, new int[] {2, 2});
        Partition p = Partition.of(TextColumn.of("pre", "x", "pre"));
        assertEquals(
                List.of("pre_", "pre", "x"),
                BlockMatrix.of(p, g.wiring()).table(false).names());
        assertTrue(BlockMatrix.of(p, g.wiring()).table(true).column("x").missing(1), "no pair inside a block of one");
        assertEquals(
                1L, BlockMatrix.of(p, g.wiring()).table(false).column("pre").value(0));
    }

    @Test
    void thousandsOfBlocksAreRefused() {
        int[] own = new int[5000];
        java.util.Arrays.setAll(own, v -> v);
        Connectome g = Connectome.of(5000, new int[] {0}, new int[] {1});
        assertThrows(MesoException.class, () -> BlockMatrix.of(Partition.of(own), g.wiring()));
    }
}
