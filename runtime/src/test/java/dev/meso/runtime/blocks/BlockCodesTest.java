package dev.meso.runtime.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.SharedData;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes, term by term, as graph-tool 2.45 has them: {@code BlockState(g, b=b, deg_corr=...).entropy(...)}. */
class BlockCodesTest {
    /** i -> (3 i^2 + 7 j + i j) mod n for j = 1 .. d. */
    static Wiring formula(int n, int d) {
        int[] pre = IntStream.range(0, n * d).map(e -> e / d).toArray();
        int[] post = IntStream.range(0, n * d)
                .map(e -> (3 * (e / d) * (e / d) + 7 * (e % d + 1) + (e / d) * (e % d + 1)) % n)
                .toArray();
        return Wiring.of(n, pre, post, false);
    }

    static Partition formulaBlocks(int n, int blocks) {
        return Partition.of(
                IntStream.range(0, n).map(i -> (i * i + i / 3) % blocks).toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "40, 5, 4, true, DISTRIBUTED, 365.768067893, 137.513994150, 60.282027809, 51.496764231",
        "40, 5, 4, true, UNIFORM, 365.768067893, 182.572464826, 60.282027809, 51.496764231",
        "40, 5, 4, false, DISTRIBUTED, 552.682413585, 0, 60.282027809, 51.496764231",
        "40, 5, 1, true, DISTRIBUTED, 386.773046557, 132.040395976, 3.688879454, 0",
        "97, 9, 11, true, DISTRIBUTED, 2303.259771124, 411.472684269, 232.601358292, 314.801952238",
        "97, 9, 11, true, UNIFORM, 2303.259771124, 541.287275689, 232.601358292, 314.801952238",
        "97, 9, 11, false, UNIFORM, 2674.494131366, 0, 232.601358292, 314.801952238",
        "500, 30, 3, true, DISTRIBUTED, 49296.590231029, 2395.731358458, 560.836945853, 66.056970738",
        "500, 30, 1, true, DISTRIBUTED, 49313.240345146, 2103.404643301, 6.214608098, 0",
    })
    void termsAreThoseOfGraphTool(
            int n,
            int d,
            int blocks,
            boolean corrected,
            Encoding encoding,
            double adjacency,
            double degrees,
            double partition,
            double edges) {
        BlockCode code = BlockCodes.of(formula(n, d), formulaBlocks(n, blocks), corrected, encoding);
        assertEquals(adjacency, code.adjacency(), 1e-6);
        assertEquals(degrees, code.degrees(), 1e-6);
        assertEquals(partition, code.partition(), 1e-6);
        assertEquals(edges, code.edges(), 1e-6);
    }

    /** Three neurons with 4,000 targets each: few neurons and edge ends beyond the table. */
    @Test
    void hubsAreThoseOfGraphTool() {
        int[] pre = IntStream.range(0, 12_000).map(e -> e / 4000).toArray();
        int[] post = IntStream.range(0, 12_000).map(e -> 3 + e % 4000).toArray();
        Partition hubs =
                Partition.of(IntStream.range(0, 4003).map(v -> v < 3 ? 0 : 1).toArray());
        BlockCode code = BlockCodes.of(Wiring.of(4003, pre, post, false), hubs, true);
        assertEquals(6006.726910987, code.adjacency(), 1e-6);
        assertEquals(285.964493998, code.degrees(), 1e-6);
        assertEquals(39.681237888, code.partition(), 1e-6);
        assertEquals(26.386726268, code.edges(), 1e-6);
    }

    @Test
    void cortexInOneBlockHasThePublishedLengths() {
        Wiring cortex = SharedData.graph("pyc_111").wiring();
        Partition one = Partition.of(new int[111]);
        assertEquals(2521.5006439791, BlockCodes.of(cortex, one, true).total(), 1e-6);
        assertEquals(
                2513.4350805, BlockCodes.of(cortex, one, true, Encoding.UNIFORM).total(), 1e-6);
    }

    @Test
    void everyNeuronMustBeInABlock() {
        int[] labels = new int[40];
        labels[7] = -1;
        assertThrows(MesoException.class, () -> BlockCodes.of(formula(40, 5), Partition.of(labels), true));
        assertThrows(
                MesoException.class, () -> BlockCodes.of(formula(40, 5), Partition.of(Arrays.copyOf(labels, 3)), true));
    }
}
