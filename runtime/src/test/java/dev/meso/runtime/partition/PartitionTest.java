package dev.meso.runtime.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.table.TextColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTest {
    @Test
    void labelsAreNumberedBySizeAndThenByFirstNeuron() {
        Partition p = Partition.of(new int[] {7, 3, 3, 9, -1, 9, 1});
        assertArrayEquals(new int[] {2, 0, 0, 1, Partition.NONE, 1, 3}, p.blocks());
        assertArrayEquals(new int[] {2, 2, 1, 1}, p.sizes());
        assertEquals(p, Partition.of(new int[] {0, 1, 1, 2, -5, 2, 5}));
    }

    @Test
    void columnsGiveBlocksNamedByTheirValuesInOrder() {
        Partition p = Partition.of(TextColumn.of("inter", "sensory", null, "inter", "motor"));
        assertEquals(List.of("inter", "motor", "sensory"), p.names());
        assertArrayEquals(new int[] {0, 2, -1, 0, 1}, p.blocks());
        assertArrayEquals(new int[] {2, 1, 1}, p.sizes());
    }
}
