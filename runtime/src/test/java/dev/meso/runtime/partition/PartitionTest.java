package dev.meso.runtime.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
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

    @Test
    void blocksKeepTheirNamesWhenTheyAreReordered() {
        Partition p = Partition.of(TextColumn.of("b", "a", null, "c", "a"));
        Partition q = p.reorder(new int[] {2, 0, 1});
        assertEquals(List.of("c", "a", "b"), q.names());
        assertArrayEquals(new int[] {2, 1, -1, 0, 1}, q.blocks());
        assertArrayEquals(new int[] {1, 2, 1}, q.sizes());
        assertEquals(p, q.reorder(new int[] {1, 2, 0}));
        assertThrows(IllegalArgumentException.class, () -> p.reorder(new int[] {0, 0, 1}));
        assertThrows(IllegalArgumentException.class, () -> p.reorder(new int[] {0, 1}));
    }

    @Test
    void otherNeuronsKeepTheirBlocks() {
        Partition p = Partition.of(TextColumn.of("b", "a", null, "c", "a"));
        Partition q = p.select(new int[] {4, -1, 3, 2, 1});
        assertEquals(List.of("a", "c"), q.names());
        assertArrayEquals(new int[] {0, -1, 1, -1, 0}, q.blocks());
        assertEquals(2, q.missing());
        assertArrayEquals(new int[] {0, 4}, q.neurons(0));
    }

    @Test
    void labelsAreWhatTheColumnHolds() {
        assertEquals(List.of(2L, 10L), Partition.of(LongColumn.of(10, 2, 10)).labels());
        assertEquals(
                List.of(false, true),
                Partition.of(BooleanColumn.of(true, false)).labels());
        assertThrows(MesoException.class, () -> Partition.of(DoubleColumn.of(1, Double.NaN)));
    }
}
