package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.Arrays;
import java.util.List;

/** One column of numbers as a histogram, one of words as bars. */
final class ColumnPlot {
    private static final int MOST_BINS = 60;

    private ColumnPlot() {}

    /** @param values at least one, none NaN or infinite */
    static Scene histogram(double[] values, boolean whole, String title, String axis) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double low = sorted[0];
        double high = sorted[n - 1];
        double bin = binWidth(sorted, whole);
        double start = whole ? low - 0.5 : Math.floor(low / bin) * bin;
        int bins = Math.max(1, (int) Math.floor((high - start) / bin) + 1);
        long[] counts = new long[bins];
        for (double v : sorted) {
            counts[Math.min(bins - 1, (int) Math.floor((v - start) / bin))]++;
        }
        Scene scene = new Scene(520, 330);
        Frame frame = new Frame(scene, 70, 62, 500, 278);
        double mean = Arrays.stream(sorted).average().orElse(0);
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        Frame.heading(
                scene,
                title,
                "n = " + Scale.count(n) + ", mean " + Scale.value(mean) + ", median " + Scale.value(median)
                        + " (dashed)");
        Scale x = frame.across(start, start + bins * bin);
        Scale y = frame.up(0, Arrays.stream(counts).max().orElse(1) * 1.06);
        frame.yAxis(y, "count", 5);
        for (int b = 0; b < bins; b++) {
            double from = x.at(start + b * bin);
            double to = x.at(start + (b + 1) * bin);
            double top = y.at(counts[b]);
            scene.rectangle(from, top, Math.max(0.6, to - from - 0.8), frame.bottom - top, Colors.BLUE, 0.85);
        }
        scene.dashes(x.at(median), frame.top, x.at(median), frame.bottom, Colors.VERMILLION);
        frame.xAxis(x, axis, 7);
        return scene;
    }

    /** Freedman and Diaconis (1981), Sturges where the quartiles coincide; rounded to 1, 2 or 5 times a power of ten. */
    private static double binWidth(double[] sorted, boolean whole) {
        int n = sorted.length;
        double range = sorted[n - 1] - sorted[0];
        if (range == 0) {
            return 1;
        }
        double quartiles = sorted[(int) (0.75 * (n - 1))] - sorted[(int) (0.25 * (n - 1))];
        double rough =
                quartiles > 0 ? 2 * quartiles / Math.cbrt(n) : range / (Math.ceil(Math.log(n) / Math.log(2)) + 1);
        rough = Math.max(rough, range / MOST_BINS);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10;
        return whole ? Math.max(1, Math.round(step * power)) : step * power;
    }

    /** Horizontal bars, in the order given. */
    static Scene bars(List<String> names, double[] values, String title, String subtitle, String axis) {
        double widest = names.stream()
                .mapToDouble(s -> Scene.widthOf(s, Frame.TEXT))
                .max()
                .orElse(0);
        double left = Math.min(200, widest) + 30;
        double row = 19;
        Scene scene = new Scene(520, 62 + names.size() * row + 46);
        Frame frame = new Frame(scene, left, 56, 470, 56 + names.size() * row + 4);
        Frame.heading(scene, title, subtitle);
        double low = Math.min(0, Arrays.stream(values).min().orElse(0));
        double high = Math.max(0, Arrays.stream(values).max().orElse(0));
        Scale x = frame.across(low, high == low ? low + 1 : high);
        for (double tick : x.ticks(5)) {
            scene.line(x.at(tick), frame.top, x.at(tick), frame.bottom, Colors.GRID, 1);
        }
        for (int i = 0; i < names.size(); i++) {
            double middle = frame.top + 2 + (i + 0.5) * row;
            double from = Math.min(x.at(0), x.at(values[i]));
            double to = Math.max(x.at(0), x.at(values[i]));
            scene.rectangle(from, middle - row * 0.37, to - from, row * 0.74, Colors.BLUE, 0.85);
            String name = Scene.fitted(names.get(i), Frame.TEXT, 200);
            scene.text(left - 8, middle + 4, name, Frame.TEXT, Anchor.END, Colors.INK);
            scene.text(to + 5, middle + 3.5, Scale.value(values[i]), Frame.SMALL, Anchor.START, Colors.MUTED);
        }
        frame.xAxis(x, axis, 5);
        return scene;
    }
}
