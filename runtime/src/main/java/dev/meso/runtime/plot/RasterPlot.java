package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Activity over time: a row of colours for each neuron, or a strip of behaviours. */
final class RasterPlot {
    /** Moments and neurons beyond this share pixels; each pixel is the mean of what was recorded in it. */
    private static final int MOST_COLUMNS = 900;

    private static final int MOST_ROWS = 700;

    /** Rows beyond this are not named one by one. */
    private static final int NAMED = 64;

    /** The scale of colours runs between these quantiles: a few great transients would leave the rest dark. */
    private static final double LOW = 0.01;

    private static final double HIGH = 0.99;
    private static final double WIDTH = 560;

    private RasterPlot() {}

    /** @param values by neuron, then moment; NaN where nothing was recorded. Times rise. */
    static Scene activity(
            List<String> names, double[] times, double[][] values, String title, String subtitle, String timeAxis) {
        int neurons = names.size();
        int rows = Math.min(neurons, MOST_ROWS);
        int columns = Math.max(1, Math.min(times.length, MOST_COLUMNS));
        double start = times[0];
        double span = times[times.length - 1] - start;
        double[] sums = new double[rows * columns];
        int[] counts = new int[rows * columns];
        for (int k = 0; k < neurons; k++) {
            int row = (int) ((long) k * rows / neurons);
            for (int t = 0; t < times.length; t++) {
                int column = span > 0 ? Math.min(columns - 1, (int) ((times[t] - start) / span * columns)) : 0;
                if (!Double.isNaN(values[k][t])) {
                    sums[row * columns + column] += values[k][t];
                    counts[row * columns + column]++;
                }
            }
        }
        double[] means = new double[sums.length];
        Arrays.setAll(means, i -> counts[i] > 0 ? sums[i] / counts[i] : Double.NaN);
        fillGaps(means, counts, rows, columns, times.length);
        double[] present =
                Arrays.stream(means).filter(m -> !Double.isNaN(m)).sorted().toArray();
        double low = present.length == 0 ? 0 : present[(int) (LOW * (present.length - 1))];
        double high = present.length == 0 ? 1 : present[(int) (HIGH * (present.length - 1))];
        int[] colors = new int[means.length];
        for (int i = 0; i < means.length; i++) {
            double share = high > low ? (means[i] - low) / (high - low) : 0.5;
            colors[i] = Double.isNaN(means[i]) ? Colors.ABSENT : Colors.activity(share);
        }
        boolean named = neurons <= NAMED;
        double size = 9;
        double widest =
                names.stream().mapToDouble(s -> Scene.widthOf(s, size)).max().orElse(0);
        double left = named ? Math.max(50, Math.min(110, widest) + 34) : 66;
        double height = named ? Math.max(80, neurons * 11.0) : Math.min(560, Math.max(300, neurons * 3.0));
        Scene scene = new Scene(left + WIDTH + 76, 58 + height + 46);
        Frame frame = new Frame(scene, left, 58, left + WIDTH, 58 + height);
        Frame.heading(scene, title, subtitle);
        scene.pixels(frame.left, frame.top, WIDTH, height, columns, rows, colors);
        if (named) {
            for (int k = 0; k < neurons; k++) {
                double y = frame.top + (k + 0.5) * height / neurons + 3;
                scene.text(left - 5, y, Scene.fitted(names.get(k), size, 110), size, Anchor.END, Colors.INK);
            }
        } else {
            Scale down = Scale.linear(0, neurons, frame.top, frame.bottom);
            for (double tick : down.ticks(6)) {
                scene.text(left - 5, down.at(tick) + 3.5, Scale.label(tick), Frame.SMALL, Anchor.END, Colors.INK);
            }
        }
        scene.turned(15, (frame.top + frame.bottom) / 2, "neurons", Frame.TEXT, Anchor.MIDDLE);
        frame.xAxis(frame.across(start, span > 0 ? start + span : start + 1), timeAxis, 8);
        if (high > low) {
            Scale bar = Scale.linear(low, high, frame.top + Math.min(150, height), frame.top + 10);
            Frame.colorBar(scene, frame.right + 18, frame.top + 10, frame.top + Math.min(150, height), bar, true, "");
        }
        return scene;
    }

    /** Uneven times leave pixels without a moment: such a pixel shows the one before it, as long as a moment lasts. */
    private static void fillGaps(double[] means, int[] counts, int rows, int columns, int moments) {
        int most = Math.max(2, 3 * columns / Math.max(1, moments));
        for (int r = 0; r < rows; r++) {
            int since = most;
            for (int c = 0; c < columns; c++) {
                int at = r * columns + c;
                if (counts[at] > 0) {
                    since = 0;
                } else if (c > 0 && since++ < most) {
                    means[at] = means[at - 1];
                }
            }
        }
    }

    /** Behaviour: coloured stretches of time, one strip for each label column. */
    static Scene states(
            double[] times, int[] states, List<String> names, String title, String subtitle, String timeAxis) {
        double left = 30;
        List<String> present = new ArrayList<>(names);
        double legend = Frame.legendHeight(WIDTH, present);
        Scene scene = new Scene(left + WIDTH + 24, 58 + 60 + 46 + legend + 6);
        Frame frame = new Frame(scene, left, 58, left + WIDTH, 118);
        Frame.heading(scene, title, subtitle);
        double end = times[times.length - 1];
        Scale x = frame.across(times[0], end > times[0] ? end : times[0] + 1);
        int from = 0;
        for (int t = 1; t <= times.length; t++) {
            if (t == times.length || states[t] != states[from]) {
                double until = x.at(times[Math.min(t, times.length - 1)]);
                int color = states[from] < 0 ? Colors.ABSENT : Colors.category(states[from]);
                scene.rectangle(x.at(times[from]), frame.top, Math.max(0.5, until - x.at(times[from])), 60, color);
                from = t;
            }
        }
        frame.xAxis(x, timeAxis, 8);
        int[] colors = new int[present.size()];
        Arrays.setAll(colors, Colors::category);
        Frame.legend(scene, left, frame.bottom + 56, WIDTH, present, colors);
        return scene;
    }

    /** A curve in a panel for each name; interrupted where nothing was recorded. */
    static Scene traces(
            List<String> names, double[] times, double[][] values, String title, String subtitle, String timeAxis) {
        double panel = names.size() == 1 ? 180 : 76;
        double gap = 22;
        Scene scene = new Scene(78 + WIDTH + 24, 70 + names.size() * (panel + gap) + 30);
        Frame.heading(scene, title, subtitle);
        double end = times[times.length - 1] > times[0] ? times[times.length - 1] : times[0] + 1;
        for (int k = 0; k < names.size(); k++) {
            double top = 70 + k * (panel + gap);
            Frame frame = new Frame(scene, 78, top, 78 + WIDTH, top + panel);
            double low =
                    Arrays.stream(values[k]).filter(v -> !Double.isNaN(v)).min().orElse(0);
            double high =
                    Arrays.stream(values[k]).filter(v -> !Double.isNaN(v)).max().orElse(1);
            Scale y = frame.up(low, high);
            frame.yAxis(y, "", 3);
            scene.text(frame.left, top - 6, names.get(k), Frame.TEXT, Anchor.START, Colors.INK);
            curve(scene, frame.across(times[0], end), y, times, values[k]);
            if (k == names.size() - 1) {
                frame.xAxis(frame.across(times[0], end), timeAxis, 8);
            }
        }
        return scene;
    }

    private static void curve(Scene scene, Scale x, Scale y, double[] times, double[] values) {
        // Longer recordings than there are pixels: every few moments, or the file would grow with the recording.
        int every = Math.max(1, times.length / (4 * MOST_COLUMNS));
        double[] px = new double[times.length / every + 1];
        double[] py = new double[px.length];
        int n = 0;
        for (int t = 0; t < times.length; t += every) {
            if (Double.isNaN(values[t])) {
                scene.line(Arrays.copyOf(px, n), Arrays.copyOf(py, n), Colors.BLUE, 1.1);
                n = 0;
            } else {
                px[n] = x.at(times[t]);
                py[n++] = y.at(values[t]);
            }
        }
        scene.line(Arrays.copyOf(px, n), Arrays.copyOf(py, n), Colors.BLUE, 1.1);
    }
}
