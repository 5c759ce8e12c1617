package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.List;

/** The layers of small networks as boxes from left to right, one network a row: {@code 3 -> dense 12 tanh, recurrent -> 3, skip}. */
final class NetworkDiagram {
    static final double ROW = 84;
    private static final double BOX = 28;
    private static final double GAP = 26;
    private static final double HEAD = 5;
    private static final String ARROW = " -> ";
    private static final String SKIP = ", skip";
    private static final String RECURRENT = ", recurrent";

    private NetworkDiagram() {}

    private static double widthOf(String box) {
        return Scene.widthOf(box, Frame.TEXT) + 16;
    }

    private static String[] boxes(String network) {
        String layers = network.endsWith(SKIP) ? network.substring(0, network.length() - SKIP.length()) : network;
        return layers.split(ARROW);
    }

    /** How wide a network is drawn. */
    static double width(String network) {
        double width = 0;
        for (String box : boxes(network)) {
            width += widthOf(box.replace(RECURRENT, "")) + GAP;
        }
        return width - GAP;
    }

    /** @param labels above each network */
    static void draw(Scene scene, double left, double top, List<String> networks, List<String> labels, int[] colors) {
        for (int row = 0; row < networks.size(); row++) {
            double y = top + row * ROW;
            scene.text(left, y, labels.get(row), Frame.TEXT, Anchor.START, Colors.INK);
            network(scene, left, y + 14, networks.get(row), colors[row]);
        }
    }

    private static void network(Scene scene, double left, double top, String network, int color) {
        String[] boxes = boxes(network);
        double x = left;
        double middle = top + BOX / 2;
        double first = 0;
        for (int i = 0; i < boxes.length; i++) {
            boolean recurrent = boxes[i].endsWith(RECURRENT);
            String text = boxes[i].replace(RECURRENT, "");
            double width = widthOf(text);
            boolean end = i == 0 || i == boxes.length - 1;
            scene.rectangle(x, top, width, BOX, end ? Colors.GRID : color, end ? 1 : 0.22);
            outline(scene, x, top, width, end ? Colors.MUTED : color);
            scene.text(x + width / 2, middle + 4, text, Frame.TEXT, Anchor.MIDDLE, Colors.INK);
            if (recurrent) {
                loop(scene, x + width * 0.3, x + width * 0.7, top, color);
            }
            if (i > 0) {
                arrow(scene, x - GAP, middle, x);
            }
            first = i == 0 ? x + width / 2 : first;
            if (i == boxes.length - 1 && network.endsWith(SKIP)) {
                double under = top + BOX + 11;
                scene.line(
                        new double[] {first, first, x + width / 2, x + width / 2},
                        new double[] {top + BOX, under, under, top + BOX},
                        Colors.MUTED,
                        1.2);
                head(scene, x + width / 2, top + BOX, 0, 1);
                scene.text((first + x + width / 2) / 2, under + 10, "skip: added", 9, Anchor.MIDDLE, Colors.MUTED);
            }
            x += width + GAP;
        }
    }

    private static void outline(Scene scene, double x, double y, double width, int color) {
        scene.polygon(
                new double[] {x, x + width, x + width, x}, new double[] {y, y, y + BOX, y + BOX}, Mark.NONE, 1, color);
    }

    private static void arrow(Scene scene, double from, double y, double to) {
        scene.line(from, y, to - HEAD, y, Colors.MUTED, 1.2);
        head(scene, to, y, -1, 0);
    }

    /** A triangle whose point is here and whose base lies in direction (dx, dy). */
    private static void head(Scene scene, double x, double y, double dx, double dy) {
        double bx = x + dx * HEAD * 1.4;
        double by = y + dy * HEAD * 1.4;
        scene.polygon(
                new double[] {x, bx - dy * HEAD * 0.7, bx + dy * HEAD * 0.7},
                new double[] {y, by + dx * HEAD * 0.7, by - dx * HEAD * 0.7},
                Colors.MUTED,
                1,
                Mark.NONE);
    }

    /** A layer that sees its own output of the frame before. */
    private static void loop(Scene scene, double from, double to, double top, int color) {
        double over = top - 8;
        scene.line(new double[] {to, to, from, from}, new double[] {top, over, over, top - HEAD}, color, 1.2);
        head(scene, from, top, 0, -1);
    }
}
