package dev.meso.runtime.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.partition.Partition;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search keeps is what the code says, and its differences are the differences of whole lengths. */
class BlockStateTest {
    @ParameterizedTest
    @CsvSource({"true, DISTRIBUTED", "true, UNIFORM", "false, DISTRIBUTED"})
    void differencesAreExact(boolean corrected, Encoding encoding) {
        Wiring graph = BlockCodesTest.formula(60, 6);
        BlockState state = new BlockState(graph, new BlockTerms(graph, corrected, encoding), 8);
        state.assign(new Random(1).ints(60, 0, 7).toArray());
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            int v = random.nextInt(60);
            int from = state.blocks()[v];
            double before = state.length();
            state.takeOut(v);
            double stay = state.cost(v, from);
            int to = random.nextInt(8);
            double delta = state.cost(v, to) - stay;
            double[] costs = new double[8];
            state.costs(v, costs);
            for (int s = 0; s < state.bound(); s++) {
                assertEquals(state.cost(v, s), costs[s], 1e-9);
            }
            state.putIn(v, to);
            assertEquals(before + delta, state.length(), 1e-8);
            assertEquals(
                    BlockCodes.of(graph, Partition.of(state.blocks()), corrected, encoding)
                            .total(),
                    state.length(),
                    1e-6);
        }
        while (state.count() > 1) {
            int r = state.live(random.nextInt(state.count()));
            int s = state.live(state.live(0) == r ? 1 : 0);
            double expected = state.length() + state.mergeDelta(r, s);
            state.merge(r, s);
            assertEquals(expected, state.length(), 1e-8);
        }
    }
}
