package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.List;

/** The area of a picture that is spanned by two axes, and what stands around it. */
final class Frame {
    static final double TEXT = 11;
    static final double SMALL = 10;
    static final double HEADING = 14;
    private static final double TICK = 4;

    final Scene scene;
    final double left;
    final double top;
    final double right;
    final double bottom;

    Frame(Scene scene, double left, double top, double right, double bottom) {
        this.scene = scene;
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
    }

    /** The heading of the whole picture. */
    static void heading(Scene scene, String title, String subtitle) {
        double most = scene.width - 32;
        scene.bold(16, 24, Scene.fitted(title, HEADING, most), HEADING, Anchor.START);
        if (!subtitle.isEmpty()) {
            scene.text(16, 41, Scene.fitted(subtitle, TEXT, most), TEXT, Anchor.START, Colors.MUTED);
        }
    }

    Scale across(double low, double high) {
        return Scale.linear(low, high, left, right);
    }

    Scale up(double low, double high) {
        return Scale.linear(low, high, bottom, top);
    }

    /** Grid lines and numbers at the left. */
    void yAxis(Scale y, String title, int wanted) {
        double widest = 0;
        for (double tick : y.ticks(wanted)) {
            double at = y.at(tick);
            String label = Scale.label(tick);
            scene.line(left, at, right, at, Colors.GRID, 1);
            scene.text(left - 6, at + 3.5, label, SMALL, Anchor.END, Colors.INK);
            widest = Math.max(widest, Scene.widthOf(label, SMALL));
        }
        if (!title.isEmpty()) {
            scene.turned(left - 14 - widest, (top + bottom) / 2, title, TEXT, Anchor.MIDDLE);
        }
    }

    /** Numbers below. */
    void xAxis(Scale x, String title, int wanted) {
        scene.line(left, bottom, right, bottom, Colors.MUTED, 1);
        for (double tick : x.ticks(wanted)) {
            double at = x.at(tick);
            scene.line(at, bottom, at, bottom + TICK, Colors.MUTED, 1);
            scene.text(at, bottom + TICK + 11, Scale.label(tick), SMALL, Anchor.MIDDLE, Colors.INK);
        }
        if (!title.isEmpty()) {
            scene.text((left + right) / 2, bottom + 33, title, TEXT, Anchor.MIDDLE, Colors.INK);
        }
    }

    /** Words below, turned where they would not fit beside each other. */
    void words(List<String> labels) {
        double step = (right - left) / labels.size();
        boolean turned = labels.stream().anyMatch(l -> Scene.widthOf(l, SMALL) > step - 4);
        scene.line(left, bottom, right, bottom, Colors.MUTED, 1);
        for (int i = 0; i < labels.size(); i++) {
            double at = left + (i + 0.5) * step;
            if (turned) {
                scene.turned(at + 3.5, bottom + 7, Scene.fitted(labels.get(i), SMALL, 110), SMALL, Anchor.END);
            } else {
                scene.text(at, bottom + 15, labels.get(i), SMALL, Anchor.MIDDLE, Colors.INK);
            }
        }
    }

    /** The room that {@link #words} needs below, at this width of the frame. */
    static double roomForWords(List<String> labels, double width) {
        double step = width / Math.max(1, labels.size());
        double widest =
                labels.stream().mapToDouble(l -> Scene.widthOf(l, SMALL)).max().orElse(0);
        return widest > step - 4 ? Math.min(114, widest) + 14 : 22;
    }

    /** A box around the area. */
    void box() {
        double[] x = {left, right, right, left};
        double[] y = {top, top, bottom, bottom};
        scene.polygon(x, y, Mark.NONE, 1, Colors.MUTED);
    }

    /** Colours and their meaning in rows from a point, at most {@code width} wide; where the next row would start. */
    static double legend(Scene scene, double x, double y, double width, List<String> names, int[] colors) {
        double at = x;
        double row = y;
        for (int i = 0; i < names.size(); i++) {
            String name = Scene.fitted(names.get(i), TEXT, 180);
            double needed = 18 + Scene.widthOf(name, TEXT) + 12;
            if (at > x && at + needed > x + width) {
                at = x;
                row += 17;
            }
            scene.disc(at + 5, row - 4, 4.5, colors[i], 1, Mark.NONE);
            scene.text(at + 14, row, name, TEXT, Anchor.START, Colors.INK);
            at += needed;
        }
        return row + 17;
    }

    /** The height {@link #legend} takes. */
    static double legendHeight(double width, List<String> names) {
        return legend(new Scene(1, 1), 0, 0, width, names, new int[names.size()]);
    }

    /** A bar that explains a scale of colours, at the right of the picture. */
    static void colorBar(Scene scene, double x, double top, double bottom, Scale y, boolean activity, String title) {
        int steps = 64;
        int[] colors = new int[steps];
        for (int i = 0; i < steps; i++) {
            double share = 1 - i / (steps - 1.0);
            colors[i] = activity ? Colors.activity(share) : Colors.amount(share);
        }
        scene.pixels(x, top, 12, bottom - top, 1, steps, colors);
        scene.polygon(
                new double[] {x, x + 12, x + 12, x},
                new double[] {top, top, bottom, bottom},
                Mark.NONE,
                1,
                Colors.MUTED);
        for (double tick : y.ticks(5)) {
            scene.text(x + 17, y.at(tick) + 3.5, Scale.label(tick), SMALL, Anchor.START, Colors.INK);
        }
        scene.text(x + 12, top - 8, title, SMALL, Anchor.END, Colors.MUTED);
    }
}
