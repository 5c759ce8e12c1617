package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Violins of null ensembles with the observed values as dots. */
final class ComparisonPlot {
    /** One statistic under one null model; {@code draws} is empty where the samples were not kept. */
    record Entry(
            String statistic, String model, double observed, double expected, double sd, double q, double[] draws) {
        boolean constant() {
            return !(sd > 0);
        }
    }

    /** What the vertical axis shows. */
    enum Units {
        Z,
        RATIO,
        VALUE
    }

    private static final double SIGNIFICANT = 0.05;
    /** z-values beyond this make the axis logarithmic in both directions. */
    private static final double LINEAR_Z = 12;

    private static final double TOP = 76;
    private static final double PANEL = 128;
    private static final double GAP = 26;
    private static final int POINTS = 48;
    private static final double GLYPH = 28;

    private final List<Entry> entries;
    private final Units units;
    private final List<String> groups;
    private final List<String> panels;
    private final boolean byModel;

    private ComparisonPlot(List<Entry> entries, Units units) {
        this.entries = entries;
        List<String> statistics = List.copyOf(
                new LinkedHashSet<>(entries.stream().map(Entry::statistic).toList()));
        List<String> models = List.copyOf(
                new LinkedHashSet<>(entries.stream().map(Entry::model).toList()));
        // One statistic has a natural unit, its own; its models stand side by side.
        this.byModel = statistics.size() == 1;
        this.groups = byModel ? models : statistics;
        this.panels = byModel ? statistics : models;
        this.units = units != null ? units : byModel ? Units.VALUE : Units.Z;
    }

    static Scene scene(List<Entry> entries, String title, Units units, long samples) {
        return new ComparisonPlot(entries, units).draw(title, samples);
    }

    private double shown(Entry e, double value) {
        return switch (units) {
            case Z -> e.constant() ? Double.NaN : (value - e.expected()) / e.sd();
            case RATIO -> e.expected() == 0 ? Double.NaN : value / e.expected();
            case VALUE -> value;
        };
    }

    private double[] range() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Entry e : entries) {
            List<Double> values = new ArrayList<>(List.of(shown(e, e.observed()), shown(e, e.expected())));
            Arrays.stream(e.draws()).forEach(d -> values.add(shown(e, d)));
            if (e.draws().length == 0) {
                values.add(shown(e, e.expected() - 2 * e.sd()));
                values.add(shown(e, e.expected() + 2 * e.sd()));
            }
            for (double v : values) {
                if (!Double.isNaN(v) && !Double.isInfinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        if (low > high) {
            low = 0;
            high = 0;
        }
        if (units == Units.Z) {
            low = Math.min(low, -3);
            high = Math.max(high, 3);
        }
        double room = (high - low) * 0.06;
        return new double[] {low - room, high + room};
    }

    private Scene draw(String title, long samples) {
        double[] range = range();
        boolean bent = units == Units.Z && Math.max(-range[0], range[1]) > LINEAR_Z;
        boolean drawn = !byModel && groups.stream().allMatch(g -> Glyph.edges(g).isPresent());
        double step = groups.size() <= 4 ? 84 : 44;
        double width = Math.max(420, 84 + groups.size() * step + 20);
        double area = width - 84 - 20;
        double panel = panels.size() == 1 ? 2 * PANEL : PANEL;
        double words = Frame.roomForWords(groups, area);
        double bottom = TOP + panels.size() * (panel + GAP) - GAP + words + (drawn ? GLYPH + 6 : 0);
        Scene scene = new Scene(width, bottom + 40);
        Frame.heading(scene, title, subtitle(samples));
        double top = TOP;
        for (int p = 0; p < panels.size(); p++) {
            Frame frame = new Frame(scene, 84, top, width - 20, top + panel);
            double pad = bent ? 1.35 : 1;
            Scale y = bent
                    ? Scale.bothLog(range[0] * pad, range[1] * pad, frame.bottom, frame.top)
                    : frame.up(range[0], range[1]);
            panel(frame, y, panels.get(p), bent);
            if (p == panels.size() - 1) {
                frame.words(groups);
                for (int g = 0; drawn && g < groups.size(); g++) {
                    double middle = frame.left + (g + 0.5) * (frame.right - frame.left) / groups.size();
                    Glyph.draw(scene, groups.get(g), middle, frame.bottom + words + GLYPH / 2 + 1, GLYPH);
                }
            }
            top += panel + GAP;
        }
        key(scene, bottom + 22);
        return scene;
    }

    private String subtitle(long samples) {
        String violins = samples > 0
                ? "violins: " + Scale.count(samples) + " samples of each null model"
                : "bars: the null model, ± 2 sd";
        return violins + "; dots: the observed graph";
    }

    private void panel(Frame frame, Scale y, String name, boolean bent) {
        String axis =
                switch (units) {
                    case Z -> bent ? "z (log beyond ±2)" : "z";
                    case RATIO -> "observed / expected";
                    case VALUE -> panels.get(0);
                };
        frame.yAxis(y, axis, 6);
        if (!byModel) {
            frame.scene.bold(frame.left, frame.top - 6, name, Frame.TEXT, Anchor.START);
        }
        double neutral = units == Units.Z ? 0 : 1;
        if (units != Units.VALUE && neutral >= y.low && neutral <= y.high) {
            frame.scene.line(frame.left, y.at(neutral), frame.right, y.at(neutral), Colors.MUTED, 1);
        }
        double step = (frame.right - frame.left) / groups.size();
        for (Entry e : entries) {
            if ((byModel ? e.statistic() : e.model()).equals(name)) {
                double middle = frame.left + (groups.indexOf(byModel ? e.model() : e.statistic()) + 0.5) * step;
                entry(frame, y, e, middle, Math.min(step * 0.42, 34));
            }
        }
    }

    private void entry(Frame frame, Scale y, Entry e, double middle, double half) {
        Scene scene = frame.scene;
        double observed = shown(e, e.observed());
        if (e.constant() && (units == Units.Z || Double.isNaN(observed))) {
            double at = Math.max(frame.top, Math.min(frame.bottom, y.at(units == Units.Z ? 0 : 1)));
            String sign = e.observed() == e.expected() ? "=" : "≠";
            scene.text(middle, at - 4, sign, Frame.TEXT, Anchor.MIDDLE, Colors.MUTED);
            return;
        }
        if (e.draws().length > 0) {
            violin(scene, y, e, middle, half);
        } else if (!e.constant()) {
            double low = y.at(shown(e, e.expected() - 2 * e.sd()));
            double high = y.at(shown(e, e.expected() + 2 * e.sd()));
            scene.rectangle(middle - half / 2, high, half, low - high, Colors.SKY, 0.8);
        }
        double expected = y.at(shown(e, e.expected()));
        scene.line(middle - half * 0.5, expected, middle + half * 0.5, expected, Colors.INK, 1);
        if (!Double.isNaN(observed)) {
            boolean significant = e.q() < SIGNIFICANT;
            int fill = !significant ? Colors.PAPER : e.observed() > e.expected() ? Colors.VERMILLION : Colors.BLUE;
            scene.disc(middle, y.at(observed), 4.2, fill, 1, significant ? fill : Colors.INK);
        }
    }

    /** A Gaussian kernel density, as wide as is usual (Silverman 1986, 3.31), cut at the least and greatest sample. */
    private void violin(Scene scene, Scale y, Entry e, double middle, double half) {
        DoubleUnaryOperator convert = v -> shown(e, v);
        double[] values = Arrays.stream(e.draws()).map(convert).sorted().toArray();
        int n = values.length;
        double low = values[0];
        double high = values[n - 1];
        if (!(high > low)) {
            scene.line(middle - half * 0.7, y.at(low), middle + half * 0.7, y.at(low), Colors.SKY, 3);
            return;
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double sd = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / n);
        double quartiles = (values[(int) (0.75 * (n - 1))] - values[(int) (0.25 * (n - 1))]) / 1.34;
        double width = 0.9 * (quartiles > 0 ? Math.min(sd, quartiles) : sd) * Math.pow(n, -0.2);
        double[] density = new double[POINTS];
        double most = 0;
        for (int i = 0; i < POINTS; i++) {
            double at = low + (high - low) * i / (POINTS - 1);
            for (double v : values) {
                double d = (at - v) / width;
                density[i] += Math.exp(-0.5 * d * d);
            }
            most = Math.max(most, density[i]);
        }
        double[] x = new double[2 * POINTS];
        double[] heights = new double[2 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            double at = y.at(low + (high - low) * i / (POINTS - 1));
            double reach = half * density[i] / most;
            x[i] = middle + reach;
            x[2 * POINTS - 1 - i] = middle - reach;
            heights[i] = at;
            heights[2 * POINTS - 1 - i] = at;
        }
        scene.polygon(x, heights, Colors.SKY, 0.8, Colors.GREY);
    }

    private void key(Scene scene, double y) {
        int[] colors = {Colors.VERMILLION, Colors.BLUE, Colors.PAPER};
        String[] names = {"more than expected, q < 0.05", "fewer, q < 0.05", "not significant"};
        double x = 20;
        for (int i = 0; i < names.length; i++) {
            scene.disc(x + 5, y - 4, 4.2, colors[i], 1, i == 2 ? Colors.INK : colors[i]);
            scene.text(x + 14, y, names[i], Frame.SMALL, Anchor.START, Colors.INK);
            x += 14 + Scene.widthOf(names[i], Frame.SMALL) + 14;
        }
    }
}
