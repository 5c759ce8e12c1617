package dev.meso.runtime.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.motif.Census;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PlotsTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("meso.root", ".."), "runtime/src/test/resources/plot/dyads.svg");

    private static Table census(List<String> motifs, long... counts) {
        return Table.of("motif", TextColumn.of(motifs.toArray(String[]::new)), "count", LongColumn.of(counts));
    }

    private static Table comparison() {
        return Table.of(
                List.of("statistic", "observed", "null", "expected", "sd", "z", "q"),
                List.of(
                        TextColumn.of("a & b", "c", "fixed"),
                        DoubleColumn.of(10, 5, 3),
                        TextColumn.of("CFG", "CFG", "CFG"),
                        DoubleColumn.of(4, 6, 3),
                        DoubleColumn.of(0.2, 1, 0),
                        DoubleColumn.of(30, -1, 0),
                        DoubleColumn.of(0.001, 0.4, 1)));
    }

    private static List<Plot> samples() {
        Random random = new Random(4);
        int n = 700;
        int[] pre = random.ints(3000, 0, n).toArray();
        int[] post = random.ints(3000, 0, n).toArray();
        double[] numbers = random.doubles(n).toArray();
        String[] words = new String[n];
        Arrays.setAll(words, i -> "type " + i % 13);
        Table neurons = Table.of(
                List.of("id", "type", "x", "y"),
                List.of(
                        LongColumn.range(n),
                        TextColumn.of(words),
                        DoubleColumn.of(numbers, null, Unit.parse("mm")),
                        DoubleColumn.of(numbers, null, Unit.parse("mm"))));
        Connectome graph = Connectome.builder()
                .neurons(neurons)
                .id("id")
                .synapses(Table.of("pre", LongColumn.of(pre), "post", LongColumn.of(post)))
                .position(List.of("x", "y"), Unit.parse("mm"))
                .build();
        Table recording = Table.of(
                List.of("time", "AVA", "AVB"),
                List.of(DoubleColumn.of(0, 1, 2.5), DoubleColumn.of(1, Double.NaN, 3), DoubleColumn.of(0, 0, 1)));
        return List.of(
                Plots.census(census(Census.TRIADS, new long[16]), ""),
                Plots.comparison(comparison(), Comparison.Draws.NONE, "", ""),
                Plots.comparison(comparison(), Comparison.Draws.NONE, "ratio", ""),
                Plots.matrix(graph, "", ""),
                Plots.matrix(graph, "type", ""),
                Plots.matrix(graph, Partition.of(random.ints(n, -1, 9).toArray()), ""),
                Plots.blocks(graph.wiring(), Partition.of(neurons.column("type")), ""),
                Plots.blocks(graph.wiring(), Partition.of(random.ints(n, -1, 60).toArray()), "many"),
                Plots.space(graph, "type", ""),
                Plots.column(neurons.column("x"), "x", ""),
                Plots.column(neurons.column("type"), "type", ""),
                Plots.columns(neurons, "x", "y", "type", ""),
                Plots.activity(recording, "time", List.of("AVA", "AVB"), ""),
                Plots.traces(recording, "time", List.of("AVA", "AVB"), ""),
                Plots.states(recording, "time", "AVB", "a < b"));
    }

    /** Every picture is XML that a browser reads, without a number that is none, and the same when made again. */
    @Test
    void everyPictureIsGoodSvg() throws Exception {
        List<Plot> plots = samples();
        List<Plot> again = samples();
        for (int i = 0; i < plots.size(); i++) {
            Plot plot = plots.get(i);
            String svg = new String(plot.svg(), StandardCharsets.UTF_8);
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"), () -> plot.kind() + ": " + svg);
            assertTrue(svg.length() < 600_000, plot.kind() + " has " + svg.length() + " bytes");
            assertArrayEquals(plot.svg(), again.get(i).svg(), plot.kind());
        }
    }

    /** Sorting by the partition of a column of words is sorting by that column. */
    @Test
    void blocksStandTogether() {
        Table neurons = Table.of("id", LongColumn.range(5), "type", TextColumn.of("b", "a", null, "b", "a"));
        Connectome graph = Connectome.builder()
                .neurons(neurons)
                .synapses(Table.of("pre", LongColumn.of(0, 1, 2, 3), "post", LongColumn.of(1, 4, 0, 3)))
                .build();
        String byColumn = new String(Plots.matrix(graph, "type", "").svg(), StandardCharsets.UTF_8);
        Partition blocks = Partition.of(neurons.column("type"));
        String byBlock = new String(Plots.matrix(graph, blocks, "").svg(), StandardCharsets.UTF_8);
        assertEquals(byColumn, byBlock.replace("in 2 blocks", "sorted by type"));
        assertFalse(byBlock.equals(new String(
                Plots.matrix(graph, blocks.reorder(new int[] {1, 0}), "").svg(), StandardCharsets.UTF_8)));
    }

    /** Cells say how many connections there are where they are wide enough. */
    @Test
    void matricesOfBlocksShowTheirNumbers() {
        Wiring ring = Wiring.of(6, new int[] {0, 1, 2, 3, 4, 5}, new int[] {2, 3, 4, 5, 0, 1}, false);
        String svg = new String(
                Plots.blocks(ring, Partition.of(new int[] {0, 0, 1, 1, 2, 2}), "")
                        .svg(),
                StandardCharsets.UTF_8);
        assertEquals(3, svg.split(">2</text>", -1).length - 2, "a 2 in three cells, and the name of the third block");
        assertTrue(svg.contains("0 (2)") && svg.contains("6 neurons in 3 blocks"), svg);
        assertThrows(
                MesoException.class, () -> Plots.blocks(ring, Partition.of(new int[] {-1, -1, -1, -1, -1, -1}), ""));
    }

    @Test
    void smallCensusIsTheOneInTheFile() throws IOException {
        byte[] svg = Plots.census(census(Census.DYADS, 10, 4, 1), "").svg();
        if (Boolean.getBoolean("meso.accept")) {
            Files.write(GOLDEN, svg);
        }
        assertEquals(Files.readString(GOLDEN), new String(svg, StandardCharsets.UTF_8));
    }

    /** The drawing below each name is a graph whose census is that motif. */
    @Test
    void drawingsAreOfTheirMotif() {
        for (String motif : Census.TRIADS) {
            long[] counts = Census.triads(drawn(motif));
            assertEquals(1, counts[Census.TRIADS.indexOf(motif)], motif);
        }
        for (String motif : Census.DYADS) {
            // A third cell, not drawn, makes two more pairs without a connection.
            long[] counts = Census.dyads(drawn(motif));
            counts[0] -= 2;
            assertEquals(1, counts[Census.DYADS.indexOf(motif)], motif);
        }
    }

    private static Wiring drawn(String motif) {
        List<Integer> pre = new ArrayList<>();
        List<Integer> post = new ArrayList<>();
        for (String edge : Glyph.edges(motif).orElseThrow().split(" ")) {
            if (!edge.isEmpty()) {
                pre.add(edge.charAt(0) - 'a');
                post.add(edge.charAt(1) - 'a');
            }
        }
        return Wiring.of(
                3,
                pre.stream().mapToInt(Integer::intValue).toArray(),
                post.stream().mapToInt(Integer::intValue).toArray(),
                false);
    }

    @Test
    void pngShowsTheScene() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                Plots.census(census(Census.DYADS, 10, 4, 1), "").png()));
        assertEquals(680, image.getWidth());
        assertEquals(660, image.getHeight());
        long colors = Arrays.stream(image.getRGB(0, 0, 680, 660, null, 0, 680))
                .distinct()
                .count();
        assertTrue(colors > 20, colors + " colours: letters and bars are missing");
    }

    @Test
    void pngFileHoldsItsColors() throws IOException {
        int[] colors = {0x000000, 0xffffff, 0x123456, 0xfedcba, 0x0000ff, 0x00ff00};
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngFile.of(3, 2, colors)));
        int[] read = image.getRGB(0, 0, 3, 2, null, 0, 3);
        assertArrayEquals(colors, Arrays.stream(read).map(c -> c & 0xffffff).toArray());
    }

    @Test
    void ticksAreRoundAndLabelsShort() {
        assertEquals(List.of(0.0, 0.1, 0.2, 0.3), Scale.linear(0, 0.3, 0, 1).ticks(4));
        assertEquals(
                List.of(1.0, 10.0, 100.0, 1000.0, 10000.0),
                Scale.log(1, 10000, 0, 1).ticks(6));
        Scale both = Scale.bothLog(-100, 100, 0, 10);
        assertEquals(5, both.at(0), 1e-12);
        assertEquals(10, both.at(5) + both.at(-5), 1e-12);
        assertEquals(
                List.of("0", "−0.05", "1200", "50k", "2.5M", "1e−7"),
                List.of(0, -0.05, 1200, 50_000, 2_500_000, 1e-7).stream()
                        .map(x -> Scale.label(x.doubleValue()))
                        .toList());
    }

    @Test
    void whatCannotBeShownSaysWhy() {
        MesoException times = assertThrows(
                MesoException.class,
                () -> Plots.activity(
                        Table.of("t", DoubleColumn.of(2, 1), "a", DoubleColumn.of(1, 1)), "t", List.of("a"), ""));
        assertEquals(ErrorCode.WRONG_VALUE, times.code());
        assertThrows(MesoException.class, () -> Plots.column(DoubleColumn.of(), "x", ""));
        assertThrows(MesoException.class, () -> Plots.column(DoubleColumn.of(Double.NaN), "x", ""));
    }
}
