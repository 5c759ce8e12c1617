package dev.meso.runtime.plot;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.FitReport;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.plot.Mark.Anchor;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A fitted model: its held-out error beside those of the baselines, how the loss fell, its domains in space coloured by module, and the networks of the modules.
 * Each is a panel; the usual picture holds all.
 */
public final class FitPlot {
    private static final double PANEL = 270;
    private static final double HEIGHT = 200;
    private static final double LEFT = 66;
    private static final double TOP = 78;
    private static final double SPACE = 380;
    /** Above so many neurons no lines join them to the middle of their domain. */
    private static final int JOINED = 2000;

    private static final int NETWORKS = 8;
    private static final String AXES = "xyz";
    private static final double ACROSS = 0.3;
    private static final double UP = 0.18;

    private FitPlot() {}

    /**
     * @param positions of the neurons in the order of the model, in um; null where they are not known: then a disc for each domain stands at
     *     its location
     * @param view {@code errors}, {@code history}, {@code space} or {@code networks}; empty for all
     * @throws MesoException WRONG_VALUE for another view, or where there is nothing to show
     */
    public static Plot of(FittedModel fit, Positions positions, String view, String title) {
        String name = title.isEmpty() ? fit.spec().name() : title;
        double last = LEFT + PANEL + 24;
        Scene scene =
                switch (view) {
                    case "" -> {
                        double below = TOP + HEIGHT + 90 + legendHeight(fit);
                        double width = 2 * last - LEFT - 30;
                        double networks = space(new Scene(1, 1), LEFT, below, width, fit, positions) + 44;
                        Scene all = new Scene(
                                Math.max(2 * last, diagramWidth(fit)), networks + 24 + shown(fit) * NetworkDiagram.ROW);
                        errors(all, LEFT, TOP, fit);
                        history(all, last + LEFT, TOP, fit.report());
                        space(all, LEFT, below, width, fit, positions);
                        networks(all, LEFT, networks, fit);
                        yield all;
                    }
                    case "errors" -> {
                        Scene one = new Scene(last, TOP + HEIGHT + 56 + legendHeight(fit));
                        errors(one, LEFT, TOP, fit);
                        yield one;
                    }
                    case "history" -> {
                        Scene one =
                                new Scene(last, TOP + HEIGHT + 56 + Frame.legendHeight(PANEL, curves(fit.report())));
                        history(one, LEFT, TOP, fit.report());
                        yield one;
                    }
                    case "space" -> {
                        double bottom = space(new Scene(1, 1), LEFT, TOP, 560 - LEFT - 30, fit, positions);
                        Scene one = new Scene(560, bottom + 8);
                        space(one, LEFT, TOP, 560 - LEFT - 30, fit, positions);
                        yield one;
                    }
                    case "networks" -> {
                        Scene one = new Scene(
                                Math.max(last, diagramWidth(fit)), TOP + 24 + shown(fit) * NetworkDiagram.ROW);
                        networks(one, LEFT, TOP, fit);
                        yield one;
                    }
                    default ->
                        throw new MesoException(
                                ErrorCode.WRONG_VALUE,
                                "a fitted model has the views errors, history, space and networks, not '" + view + "'");
                };
        String length = ", description length "
                + String.format(Locale.ROOT, "%,.0f", fit.report().length().total()) + " nats";
        Frame.heading(scene, name, subtitle(fit) + (view.isEmpty() ? length : ""));
        return new Plot("fit", name, "held-out errors, loss and domains of " + subtitle(fit) + length, scene);
    }

    private static String subtitle(FittedModel fit) {
        return Scale.count(fit.names().size()) + " neurons, " + fit.spec().modules()
                + (fit.spec().modules() == 1 ? " module in " : " modules in ")
                + Scale.count(fit.domains().count()) + " domains";
    }

    private static void caption(Frame frame, String text) {
        frame.scene.text(frame.left, frame.top - 12, text, Frame.TEXT, Anchor.START, Colors.MUTED);
    }

    private static int[] colors(int count) {
        int[] colors = new int[count];
        Arrays.setAll(colors, Colors::category);
        return colors;
    }

    // ---- networks ---------------------------------------------------------------------------------------------

    /** How many networks are drawn. */
    private static int shown(FittedModel fit) {
        return Math.min(fit.spec().modules(), NETWORKS);
    }

    private static double diagramWidth(FittedModel fit) {
        double widest = 0;
        for (int b = 0; b < shown(fit); b++) {
            widest = Math.max(widest, NetworkDiagram.width(fit.network(b)));
        }
        return LEFT + widest + 24;
    }

    private static void networks(Scene scene, double left, double top, FittedModel fit) {
        List<String> networks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int b = 0; b < shown(fit); b++) {
            networks.add(fit.network(b));
            int domains = fit.locations(b).length;
            labels.add("module " + b + ": " + Scale.count(domains) + (domains == 1 ? " domain, " : " domains, ")
                    + Scale.count(fit.networkParameters(b)) + " parameters");
        }
        String more = fit.spec().modules() > NETWORKS ? " of the first " + NETWORKS + " modules" : "";
        scene.text(left, top - 12, "networks" + more + " as they were decided", Frame.TEXT, Anchor.START, Colors.MUTED);
        NetworkDiagram.draw(scene, left, top + 10, networks, labels, colors(networks.size()));
    }

    // ---- errors -----------------------------------------------------------------------------------------------

    private static List<String> models(FittedModel fit) {
        return fit.report().errors().stream().map(e -> e[0].model()).toList();
    }

    private static double legendHeight(FittedModel fit) {
        return Math.max(Frame.legendHeight(PANEL, models(fit)), Frame.legendHeight(PANEL, curves(fit.report())));
    }

    /** The mean squared error 1 and more frames ahead, the model drawn thicker than the baselines. */
    private static void errors(Scene scene, double left, double top, FittedModel fit) {
        List<Forecasts.Error[]> all = fit.report().errors();
        Frame frame = new Frame(scene, left, top, left + PANEL, top + HEIGHT);
        caption(frame, "held-out error beside the baselines");
        double most = 0;
        int horizon = 1;
        for (Forecasts.Error[] errors : all) {
            horizon = Math.max(horizon, errors.length);
            for (Forecasts.Error error : errors) {
                most = Double.isFinite(error.squared()) ? Math.max(most, error.squared()) : most;
            }
        }
        Scale x = frame.across(0.5, horizon + 0.5);
        Scale y = frame.up(0, most * 1.05);
        frame.yAxis(y, "mean squared error", 5);
        for (int m = all.size() - 1; m >= 0; m--) {
            Forecasts.Error[] errors = all.get(m);
            double[] px = new double[errors.length];
            double[] py = new double[errors.length];
            int n = 0;
            for (Forecasts.Error error : errors) {
                if (Double.isFinite(error.squared())) {
                    px[n] = x.at(error.steps());
                    py[n++] = y.at(error.squared());
                }
            }
            scene.line(Arrays.copyOf(px, n), Arrays.copyOf(py, n), Colors.category(m), m == 0 ? 2.6 : 1.3);
            for (int i = 0; i < n && (m == 0 || n == 1); i++) {
                scene.disc(px[i], py[i], m == 0 ? 3.6 : 3, Colors.category(m), 1, Mark.NONE);
            }
        }
        frame.xAxis(x, "frames ahead", Math.min(10, horizon));
        Frame.legend(scene, left, frame.bottom + 56, PANEL, models(fit), colors(all.size()));
    }

    // ---- history ----------------------------------------------------------------------------------------------

    private static List<String> curves(FitReport report) {
        List<String> names = new ArrayList<>(report.terms());
        names.add("validation error");
        return names;
    }

    /** Each term of the loss and the validation error by epoch, over its value in the first: terms have sizes of their own. */
    private static void history(Scene scene, double left, double top, FitReport report) {
        Frame frame = new Frame(scene, left, top, left + PANEL, top + HEIGHT);
        List<double[]> history = report.history();
        boolean relative =
                !history.isEmpty() && Arrays.stream(history.getFirst()).allMatch(x -> x > 0);
        caption(frame, relative ? "loss, each term over its first value" : "terms of the loss and validation error");
        double[][] curves = new double[curves(report).size()][history.size()];
        for (int c = 0; c < curves.length; c++) {
            for (int e = 0; e < history.size(); e++) {
                curves[c][e] = history.get(e)[c] / (relative ? history.getFirst()[c] : 1);
            }
        }
        double[] all = Arrays.stream(curves)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .toArray();
        if (all.length == 0) {
            scene.text(
                    left + PANEL / 2,
                    top + HEIGHT / 2,
                    "no epoch of training",
                    Frame.TEXT,
                    Anchor.MIDDLE,
                    Colors.MUTED);
            return;
        }
        double low = Arrays.stream(all).min().getAsDouble();
        double high = Arrays.stream(all).max().getAsDouble();
        double room = 0.05 * Math.max(high - low, 1e-3 * Math.abs(high));
        Scale y = frame.up(low - room, high + room);
        Scale x = frame.across(1, Math.max(2, history.size()));
        frame.yAxis(y, relative ? "over the first epoch" : "mean over windows", 5);
        for (int c = 0; c < curves.length; c++) {
            boolean validation = c == curves.length - 1;
            double[] px = new double[history.size()];
            double[] py = new double[history.size()];
            int n = 0;
            for (int e = 0; e < history.size(); e++) {
                if (Double.isFinite(curves[c][e])) {
                    px[n] = x.at(e + 1);
                    py[n++] = y.at(curves[c][e]);
                }
            }
            scene.line(Arrays.copyOf(px, n), Arrays.copyOf(py, n), Colors.category(c), validation ? 2.4 : 1.5);
            if (n == 1) {
                scene.disc(px[0], py[0], 3, Colors.category(c), 1, Mark.NONE);
            }
        }
        frame.xAxis(x, "epoch", Math.clamp(history.size() - 1, 1, 6));
        Frame.legend(scene, left, frame.bottom + 56, PANEL, curves(report), colors(curves.length));
    }

    // ---- space ------------------------------------------------------------------------------------------------

    /** What is drawn: points with a module each, and the centre of their domain. */
    private record Dots(double[][] at, double[][] centre, int[] module, double[] radius, String what) {
        int size() {
            return module.length;
        }
    }

    private static Dots neurons(FittedModel fit, Positions positions) {
        LocationGrid grid = fit.learned().structure().fields().grid();
        int[] shown = IntStream.range(0, positions.n()).filter(positions::has).toArray();
        double[][] at = new double[3][shown.length];
        double[][] centre = new double[3][shown.length];
        int[] module = new int[shown.length];
        double[] radius = new double[shown.length];
        Arrays.fill(radius, shown.length > 3000 ? 1.6 : shown.length > 400 ? 2.4 : 3.4);
        for (int i = 0; i < shown.length; i++) {
            FittedModel.Place place = fit.place(shown[i]);
            module[i] = place.module();
            boolean somewhere = place.module() >= 0 && place.location() < grid.size();
            double[][] axes = {grid.x(), grid.y(), grid.z()};
            for (int a = 0; a < 3; a++) {
                at[a][i] = positions.along(a)[shown[i]];
                centre[a][i] = somewhere && shown.length <= JOINED ? axes[a][place.location()] : Double.NaN;
            }
        }
        String what = Scale.count(shown.length) + " neurons"
                + (shown.length <= JOINED ? ", joined to the location of their domain" : "");
        return new Dots(at, centre, module, radius, what);
    }

    /** A disc for each domain; those of one location beside each other. */
    private static Dots domains(FittedModel fit) {
        LocationGrid grid = fit.learned().structure().fields().grid();
        int modules = fit.spec().modules();
        int[][] count = new int[grid.size()][modules];
        for (int v = 0; v < fit.names().size(); v++) {
            FittedModel.Place place = fit.place(v);
            if (place.module() >= 0 && place.location() < grid.size()) {
                count[place.location()][place.module()]++;
            }
        }
        int total = (int) Arrays.stream(count)
                .flatMapToInt(Arrays::stream)
                .filter(c -> c > 0)
                .count();
        double[][] at = new double[3][total];
        double[][] centre = new double[3][total];
        int[] module = new int[total];
        double[] radius = new double[total];
        int n = 0;
        for (int l = 0; l < grid.size(); l++) {
            int here = (int) Arrays.stream(count[l]).filter(c -> c > 0).count();
            int k = 0;
            for (int b = 0; b < modules; b++) {
                if (count[l][b] > 0) {
                    double shift = grid.stride() * 0.3 * (here > 1 ? (k++ - (here - 1) / 2.0) / (here - 1) : 0);
                    at[0][n] = grid.x()[l] + shift;
                    at[1][n] = grid.y()[l] + shift;
                    at[2][n] = grid.z()[l] + shift;
                    module[n] = b;
                    radius[n] = Math.min(16, 2 + 1.4 * Math.sqrt(count[l][b]));
                    n++;
                }
            }
        }
        for (double[] axis : centre) {
            Arrays.fill(axis, Double.NaN);
        }
        return new Dots(at, centre, module, radius, Scale.count(total) + " domains, larger with more neurons");
    }

    /** Returns where it ends. */
    private static double space(
            Scene scene, double left, double top, double width, FittedModel fit, Positions positions) {
        Dots dots = positions == null ? domains(fit) : neurons(fit, positions);
        if (dots.size() == 0) {
            scene.text(
                    left + width / 2,
                    top + SPACE / 2,
                    "no neuron has a position",
                    Frame.TEXT,
                    Anchor.MIDDLE,
                    Colors.MUTED);
            return top + SPACE / 2 + 20;
        }
        // Seen along the axis of the least extent, z where axes are alike; a little from the side, so that depth does
        // not hide what is behind.
        double[] extent = new double[3];
        for (int a = 0; a < 3; a++) {
            extent[a] = high(dots.at[a]) - low(dots.at[a]);
        }
        int hidden = extent[2] <= extent[0] && extent[2] <= extent[1] ? 2 : extent[1] <= extent[0] ? 1 : 0;
        int across = hidden == 0 ? 1 : 0;
        int up = hidden == 2 ? 1 : 2;
        double depth = (low(dots.at[hidden]) + high(dots.at[hidden])) / 2;
        double[][] seen = {oblique(dots.at, across, hidden, depth, ACROSS), oblique(dots.at, up, hidden, depth, UP)};
        double[][] centre = {
            oblique(dots.centre, across, hidden, depth, ACROSS), oblique(dots.centre, up, hidden, depth, UP)
        };
        double wide = high(seen[0]) - low(seen[0]);
        double tall = high(seen[1]) - low(seen[1]);
        double unit = Math.max(1e-9, 1.12 * Math.max(wide / width, tall / SPACE));
        double height = Math.min(SPACE, Math.max(120, tall * 1.12 / unit));
        Frame frame = new Frame(scene, left, top, left + width, top + height);
        caption(frame, "domains by module: " + dots.what + "; " + AXES.charAt(hidden) + " runs up and to the right");
        double middle = (low(seen[0]) + high(seen[0])) / 2;
        Scale x = frame.across(middle - unit * width / 2, middle + unit * width / 2);
        middle = (low(seen[1]) + high(seen[1])) / 2;
        Scale y = frame.up(middle - unit * height / 2, middle + unit * height / 2);
        frame.yAxis(y, AXES.charAt(up) + " [um]", 5);
        Integer[] order = new Integer[dots.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, k) -> Double.compare(dots.at[hidden][k], dots.at[hidden][i]));
        for (int i : order) {
            int color = dots.module[i] < 0 ? Colors.ABSENT : Colors.category(dots.module[i]);
            double px = x.at(seen[0][i]);
            double py = y.at(seen[1][i]);
            if (Double.isFinite(centre[0][i])) {
                scene.line(px, py, x.at(centre[0][i]), y.at(centre[1][i]), color, 0.6);
            }
            scene.disc(px, py, dots.radius[i], color, 0.85, Mark.NONE);
        }
        frame.xAxis(x, AXES.charAt(across) + " [um]", 7);
        List<String> names = new ArrayList<>();
        for (int b = 0; b < Math.min(fit.spec().modules(), Colors.categories()); b++) {
            names.add("module " + b + " (" + Scale.count(fit.neurons(b).length) + ")");
        }
        return Frame.legend(scene, left, frame.bottom + 56, width, names, colors(names.size()));
    }

    /** Cabinet projection: along the axis that is hidden a point moves by a share of its depth. */
    private static double[] oblique(double[][] at, int axis, int hidden, double depth, double share) {
        double[] seen = new double[at[axis].length];
        Arrays.setAll(seen, i -> at[axis][i] + share * (at[hidden][i] - depth));
        return seen;
    }

    private static double low(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double high(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }
}
