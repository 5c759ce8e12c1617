package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.io.LocalStorage;
import dev.meso.runtime.io.Storage;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.random.Streams;
import dev.meso.runtime.recording.Forecaster;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FitFileTest {
    private static final int TRAILER = 16;

    @TempDir
    Path folder;

    private static FitFile.Content content(AnyModel kind) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", 1L);
        facts.put("seconds", 2.5);
        facts.put("stopped", true);
        facts.put("note", null);
        facts.put("observer", "µ");
        Provenance read = new Provenance("read", Map.of("file", "worm.csv"), List.of());
        Provenance both = new Provenance(
                "fit", facts, List.of(read.then("recording", Map.of()), read.then("connectome", Map.of())));
        Table choices = Table.of(
                List.of("modules", "length", "note"),
                List.of(LongColumn.of(1L, 2L), DoubleColumn.of(-5.25, -7.5), TextColumn.of("short", null)));
        return new FitFile.Content(kind.make(3), List.of("1 of 64 neurons lies in no receptive field"), choices, both);
    }

    private byte[] written(FitFile.Content content) throws IOException {
        FitFile.write(content, "Meso 0.1", "a.fit", new LocalStorage(List.of(folder), folder), Monitor.NONE);
        return Files.readAllBytes(folder.resolve("a.fit"));
    }

    private static FitFile.Content read(byte[] bytes) {
        return FitFile.read(
                        new Storage.Input() {
                            @Override
                            public String name() {
                                return "a.fit";
                            }

                            @Override
                            public long size() {
                                return bytes.length;
                            }

                            @Override
                            public InputStream open() {
                                return new ByteArrayInputStream(bytes);
                            }
                        },
                        Monitor.NONE)
                .content();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSavedIsLoaded(AnyModel kind) throws IOException {
        FitFile.Content before = content(kind);
        byte[] bytes = written(before);
        FitFile.Content after = read(bytes);
        FittedModel.Learned a = before.model().learned();
        FittedModel.Learned b = after.model().learned();
        assertEquals(a.spec(), b.spec());
        assertEquals(a.names(), b.names());
        assertEquals(a.classes(), b.classes());
        assertEquals(a.scaling().constant(), b.scaling().constant());
        assertArrayEquals(a.parameters(), b.parameters());
        assertEquals(before.warnings(), after.warnings());
        assertEquals(before.provenance().steps(), after.provenance().steps());
        assertEquals(before.choices().names(), after.choices().names());
        assertEquals(before.model().domains(), after.model().domains());
        for (int m = 0; m < 2; m++) {
            assertEquals(before.model().network(m), after.model().network(m));
            assertArrayEquals(before.model().locations(m), after.model().locations(m));
        }
        // Written again it is the same file, so nothing was lost.
        assertArrayEquals(bytes, written(after));
        // The same bits, also through fields, wiring and features.
        Forecaster here = before.model().forecaster();
        Forecaster there = after.model().forecaster();
        double[] state = Streams.of(1, 79, 0)
                .doubles(AnyModel.NEURONS + here.memory(), -1, 1)
                .toArray();
        double[] expected = new double[state.length];
        double[] found = new double[state.length];
        here.step(state, expected);
        there.step(state, found);
        assertArrayEquals(expected, found);
        assertTrue(Arrays.stream(expected).anyMatch(x -> x != 0), "a model of nothing");
    }

    @Test
    void theReportSurvives() throws IOException {
        FitReport a = content(AnyModel.RECURRENT).model().report();
        FitReport b = read(written(content(AnyModel.RECURRENT))).model().report();
        assertEquals(a.terms(), b.terms());
        assertArrayEquals(a.history().get(1), b.history().get(1));
        assertArrayEquals(a.errors().get(1), b.errors().get(1));
        assertArrayEquals(a.explained(), b.explained());
        assertArrayEquals(a.byModule(), b.byModule());
        assertEquals(a.length(), b.length());
        assertArrayEquals(a.rounding(), b.rounding());
        assertEquals(a.restarts(), b.restarts());
        assertArrayEquals(a.frames(), b.frames());
        assertTrue(b.stopped());
        assertArrayEquals(a.similarity(), b.similarity());
    }

    @Test
    void whatIsNoFitIsSaidToBeNone() throws IOException {
        byte[] bytes = written(content(AnyModel.PLAIN));
        assertTrue(refused("t,AVAL\n0,1\n".getBytes(StandardCharsets.UTF_8)).contains("not a fit of Meso"));
        assertTrue(refused(new byte[0]).contains("not a fit of Meso"));
        assertTrue(refused(Arrays.copyOf(bytes, 12)).contains("truncated"));
        assertTrue(refused(Arrays.copyOf(bytes, bytes.length - 1)).contains("truncated"));
        assertTrue(refused(Arrays.copyOf(bytes, bytes.length + 1)).contains("truncated"));
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        assertTrue(refused(flipped).contains("checksum"));
        byte[] newer = bytes.clone();
        newer[11] = 9;
        String other = refused(sealed(newer));
        assertTrue(other.contains("Meso 0.1") && other.contains("version 9"), other);
    }

    private static String refused(byte[] bytes) {
        MesoException e = assertThrows(MesoException.class, () -> read(bytes));
        assertEquals(ErrorCode.WRONG_FORMAT, e.code());
        assertFalse(e.notes().isEmpty());
        return e.getMessage();
    }

    /** With the right checksum, as a stranger would give it. */
    private static byte[] sealed(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, bytes.length - TRAILER);
        ByteBuffer.wrap(bytes).putLong(bytes.length - TRAILER, sum.getValue());
        return bytes;
    }

    @Test
    void noFileDoesAnythingButBeReadOrRefused() throws IOException {
        byte[] bytes = written(content(AnyModel.WITH_EVERYTHING));
        long seed = 17;
        RandomGenerator random = Streams.of(seed, 80, 0);
        int refused = 0;
        int tries = 600;
        for (int i = 0; i < tries; i++) {
            byte[] other = bytes.clone();
            // Most lengths and words stand in the first thousand bytes; the rest are numbers.
            int at = 8 + random.nextInt(i % 2 == 0 ? 1000 : bytes.length - TRAILER - 12);
            switch (i % 3) {
                case 0 -> other[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> ByteBuffer.wrap(other).putInt(at, i % 2 == 0 ? Integer.MAX_VALUE : -1);
                default -> {
                    byte[] end = Arrays.copyOfRange(bytes, bytes.length - TRAILER, bytes.length);
                    other = Arrays.copyOf(other, at + TRAILER);
                    System.arraycopy(end, 0, other, at, TRAILER);
                }
            }
            try {
                read(sealed(other));
            } catch (MesoException e) {
                assertEquals(ErrorCode.WRONG_FORMAT, e.code());
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", try " + i + ", byte " + at, e);
            }
        }
        assertTrue(refused > tries / 2, "only " + refused + " of " + tries + " were refused");
    }

    @Test
    void writingStopsWhenAskedAndLeavesNothing() throws IOException {
        Monitor stop = new Monitor() {
            @Override
            public void checkpoint() {
                throw new CancelledException();
            }
        };
        assertThrows(
                CancelledException.class,
                () -> FitFile.write(
                        content(AnyModel.PLAIN), "Meso", "b.fit", new LocalStorage(List.of(folder), folder), stop));
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
