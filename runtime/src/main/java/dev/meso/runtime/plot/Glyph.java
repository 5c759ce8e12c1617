package dev.meso.runtime.plot;

import java.util.Map;
import java.util.Optional;

/** Small drawings of the two- and three-cell motifs. */
final class Glyph {
    /**
     * The connections of each motif among a (left), b (top), c (right) as in {@link dev.meso.runtime.motif.Census}; one
     * representative of each class.
     */
    private static final Map<String, String> EDGES = Map.ofEntries(
            Map.entry("003", ""),
            Map.entry("012", "ac"),
            Map.entry("102", "ac ca"),
            Map.entry("021D", "ba bc"),
            Map.entry("021U", "ab cb"),
            Map.entry("021C", "ab bc"),
            Map.entry("111D", "ab ba cb"),
            Map.entry("111U", "ab ba bc"),
            Map.entry("030T", "ab bc ac"),
            Map.entry("030C", "ab bc ca"),
            Map.entry("201", "ab ba bc cb"),
            Map.entry("120D", "ba bc ac ca"),
            Map.entry("120U", "ab cb ac ca"),
            Map.entry("120C", "ab bc ac ca"),
            Map.entry("210", "ab ba bc cb ac"),
            Map.entry("300", "ab ba bc cb ac ca"),
            Map.entry("null", ""),
            Map.entry("uni", "ac"),
            Map.entry("bi", "ac ca"));

    private static final double CELL = 2.7;
    private static final double HEAD = 4.6;

    private Glyph() {}

    /** The connections as pairs of letters; empty for a name that is no motif of the censuses. */
    static Optional<String> edges(String motif) {
        return Optional.ofNullable(EDGES.get(motif));
    }

    /** Draws a motif in a square of side {@code size} around a point. */
    static void draw(Scene scene, String motif, double x, double y, double size) {
        boolean pair = motif.equals("null") || motif.equals("uni") || motif.equals("bi");
        double half = size / 2;
        double side = pair ? half - CELL : half - CELL;
        double[] cellX = {x - side, x, x + side};
        double[] cellY = pair ? new double[] {y, y, y} : new double[] {y + side * 0.8, y - side * 0.8, y + side * 0.8};
        for (String edge : EDGES.get(motif).split(" ")) {
            if (edge.length() == 2) {
                int from = edge.charAt(0) - 'a';
                int to = edge.charAt(1) - 'a';
                arrow(scene, cellX[from], cellY[from], cellX[to], cellY[to]);
            }
        }
        for (int cell = 0; cell < 3; cell++) {
            if (!pair || cell != 1) {
                scene.disc(cellX[cell], cellY[cell], CELL, Colors.INK, 1, Mark.NONE);
            }
        }
    }

    private static void arrow(Scene scene, double x1, double y1, double x2, double y2) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        double dx = (x2 - x1) / length;
        double dy = (y2 - y1) / length;
        double tipX = x2 - dx * (CELL + 0.6);
        double tipY = y2 - dy * (CELL + 0.6);
        double backX = tipX - dx * HEAD;
        double backY = tipY - dy * HEAD;
        scene.line(x1, y1, backX, backY, Colors.INK, 1.1);
        double wing = HEAD * 0.42;
        scene.polygon(
                new double[] {tipX, backX - dy * wing, backX + dy * wing},
                new double[] {tipY, backY + dx * wing, backY - dx * wing},
                Colors.INK,
                1,
                Mark.NONE);
    }
}
