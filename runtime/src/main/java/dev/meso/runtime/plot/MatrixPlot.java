package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.Arrays;
import java.util.List;

/** The adjacency matrix: presynaptic neurons down, postsynaptic neurons across. */
final class MatrixPlot {
    /** Neurons beyond this share pixels. */
    private static final int MOST_PIXELS = 600;

    private static final double SIDE = 480;
    private static final double BAR = 84;

    private MatrixPlot() {}

    /**
     * @param place the row of each neuron in the picture
     * @param starts the first row of each group, rising from 0; empty without groups
     * @param groups names of the groups
     */
    static Scene scene(
            int[] place,
            int[] pre,
            int[] post,
            double[] weights,
            String weight,
            int[] starts,
            List<String> groups,
            String title,
            String subtitle) {
        int n = place.length;
        int pixels = Math.min(n, MOST_PIXELS);
        double[] sums = new double[pixels * pixels];
        boolean binned = n > pixels;
        for (int e = 0; e < pre.length; e++) {
            int row = (int) ((long) place[pre[e]] * pixels / n);
            int column = (int) ((long) place[post[e]] * pixels / n);
            // Several neurons in a pixel: the number of their connections is what a reader expects.
            sums[row * pixels + column] += binned ? 1 : weights[e];
        }
        double least = Arrays.stream(sums).filter(s -> s > 0).min().orElse(1);
        double most = Math.max(least, Arrays.stream(sums).max().orElse(1));
        int[] colors = new int[sums.length];
        double span = Math.log(most / least);
        for (int i = 0; i < sums.length; i++) {
            // The least is well above white, or single synapses could not be seen.
            double share = span == 0 ? 1 : Math.log(sums[i] / least) / span;
            colors[i] = sums[i] > 0 ? Colors.amount(0.3 + 0.7 * share) : Colors.PAPER;
        }
        double margin = 46;
        for (String group : groups) {
            margin = Math.max(margin, Math.min(110, Scene.widthOf(group, Frame.SMALL)) + 34);
        }
        double below = groups.isEmpty() ? 34 : 34 + roomBelow(n, starts, groups);
        Scene scene = new Scene(margin + SIDE + BAR, 58 + SIDE + below + 8);
        Frame frame = new Frame(scene, margin, 58, margin + SIDE, 58 + SIDE);
        Frame.heading(scene, title, subtitle);
        scene.pixels(frame.left, frame.top, SIDE, SIDE, pixels, pixels, colors);
        frame.box();
        groups(frame, n, starts, groups);
        if (groups.isEmpty()) {
            Scale along = Scale.linear(0, n, frame.left, frame.right);
            Scale down = Scale.linear(0, n, frame.top, frame.bottom);
            for (double tick : along.ticks(5)) {
                scene.text(
                        along.at(tick), frame.bottom + 14, Scale.label(tick), Frame.SMALL, Anchor.MIDDLE, Colors.INK);
                scene.text(frame.left - 5, down.at(tick) + 3.5, Scale.label(tick), Frame.SMALL, Anchor.END, Colors.INK);
            }
        }
        scene.text(
                (frame.left + frame.right) / 2,
                scene.height - 10,
                "postsynaptic",
                Frame.TEXT,
                Anchor.MIDDLE,
                Colors.INK);
        scene.turned(15, (frame.top + frame.bottom) / 2, "presynaptic", Frame.TEXT, Anchor.MIDDLE);
        if (span > 0) {
            bar(scene, frame, least, most, binned ? "connections" : weight);
        }
        return scene;
    }

    private static void bar(Scene scene, Frame frame, double least, double most, String what) {
        double top = frame.top + 20;
        double bottom = frame.top + 180;
        int steps = 64;
        int[] colors = new int[steps];
        Arrays.setAll(colors, i -> Colors.amount(1 - 0.7 * i / (steps - 1.0)));
        double x = frame.right + 18;
        scene.pixels(x, top, 12, bottom - top, 1, steps, colors);
        Scale y = Scale.log(least, most, bottom, top);
        List<Double> ticks = y.ticks(5);
        if (ticks.size() < 2) {
            ticks = List.of(least, most);
        }
        for (double tick : ticks) {
            scene.text(x + 17, y.at(tick) + 3.5, Scale.value(tick), Frame.SMALL, Anchor.START, Colors.INK);
        }
        scene.text(x, top - 10, Scene.fitted(what, Frame.SMALL, BAR - 18), Frame.SMALL, Anchor.START, Colors.MUTED);
    }

    private static double shown(int n, int[] starts, int g) {
        int end = g + 1 < starts.length ? starts[g + 1] : n;
        return (end - starts[g]) * SIDE / n;
    }

    private static double roomBelow(int n, int[] starts, List<String> groups) {
        double room = 0;
        for (int g = 0; g < starts.length; g++) {
            double wide = Scene.widthOf(groups.get(g), Frame.SMALL);
            if (shown(n, starts, g) >= 11) {
                room = Math.max(room, wide > shown(n, starts, g) - 4 ? Math.min(110, wide) : 10);
            }
        }
        return room;
    }

    private static void groups(Frame frame, int n, int[] starts, List<String> groups) {
        Scene scene = frame.scene;
        double turnedOffset = 7;
        for (int g = 0; g < starts.length; g++) {
            double from = starts[g] * SIDE / n;
            if (g > 0) {
                scene.line(frame.left + from, frame.top, frame.left + from, frame.bottom, Colors.GREY, 0.7);
                scene.line(frame.left, frame.top + from, frame.right, frame.top + from, Colors.GREY, 0.7);
            }
            double wide = shown(n, starts, g);
            if (wide < 11) {
                continue; // too thin for a name
            }
            String name = Scene.fitted(groups.get(g), Frame.SMALL, 110);
            double middle = from + wide / 2;
            scene.text(frame.left - 6, frame.top + middle + 3.5, name, Frame.SMALL, Anchor.END, Colors.INK);
            if (Scene.widthOf(groups.get(g), Frame.SMALL) > wide - 4) {
                scene.turned(frame.left + middle + 3.5, frame.bottom + turnedOffset, name, Frame.SMALL, Anchor.END);
            } else {
                scene.text(frame.left + middle, frame.bottom + 15, name, Frame.SMALL, Anchor.MIDDLE, Colors.INK);
            }
        }
    }
}
