package dev.meso.runtime.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Mask;
import dev.meso.runtime.motif.Pattern;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Sample;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotifCountsTest {
    private static Pattern.Builder chain() {
        Pattern.Builder builder = Pattern.builder();
        builder.variable("a");
        builder.variable("b");
        builder.variable("c");
        return builder.edge(0, 1).edge(1, 2);
    }

    @Test
    void countsEachMotifUnderItsName() {
        // A cycle of three with a tail.
        Wiring graph = Wiring.of(4, new int[] {0, 1, 2, 2}, new int[] {1, 2, 0, 3}, false);
        MotifCounts counts = new MotifCounts(
                List.of("chain", "cycle"),
                List.of(chain().build(), chain().edge(2, 0).build()));
        assertEquals(List.of("chain", "cycle"), counts.labels());
        assertArrayEquals(new double[] {4, 1}, counts.of(Sample.of(Observed.of(graph))));
    }

    @Test
    void masksOfConnectionsBelongToOneGraph() {
        Mask strong = Mask.of(new BitSet(), "strong");
        List<Pattern> masked = List.of(chain().edge(0, 2, strong).build());
        assertThrows(IllegalArgumentException.class, () -> new MotifCounts(List.of("m"), masked));
    }
}
