package dev.meso.runtime.plot;

import java.util.List;

/** Points of two numbers, coloured by a third column where one is given. */
final class ScatterPlot {
    /** More points than this become a grid of counts: files stay small and crowds stay readable. */
    private static final int MOST_POINTS = 20_000;

    private static final int GRID = 240;

    private ScatterPlot() {}

    /**
     * @param equal whether both axes have the same scale, as in space
     * @param group the category of each point, -1 for none; of length 0 where there are no categories
     */
    static Scene scene(
            double[] x,
            double[] y,
            int[] group,
            List<String> groups,
            boolean equal,
            String title,
            String subtitle,
            String xAxis,
            String yAxis) {
        double[] across = range(x);
        double[] up = range(y);
        double width = 440;
        double height = 330;
        if (equal) {
            double share = (up[1] - up[0]) / (across[1] - across[0]);
            width = share > 1 ? Math.max(200, 440 / share) : 560;
            height = Math.max(120, Math.min(460, width * share));
            // What does not fit the page is given room at both sides.
            double unit = Math.max((across[1] - across[0]) / width, (up[1] - up[0]) / height);
            across = around(across, unit * width);
            up = around(up, unit * height);
        }
        double legend = groups.isEmpty() ? 0 : Frame.legendHeight(width + 50, groups);
        Scene scene = new Scene(Math.max(360, 78 + width + 24), 58 + height + 46 + legend + 4);
        Frame frame = new Frame(scene, 78, 58, 78 + width, 58 + height);
        Frame.heading(scene, title, subtitle);
        Scale sx = frame.across(across[0], across[1]);
        Scale sy = frame.up(up[0], up[1]);
        frame.yAxis(sy, yAxis, (int) Math.max(3, height / 50));
        if (x.length > MOST_POINTS) {
            crowd(frame, sx, sy, x, y);
        } else {
            double radius = x.length > 3000 ? 1.4 : x.length > 400 ? 2.2 : 3.2;
            for (int i = 0; i < x.length; i++) {
                int color = group.length == 0 ? Colors.BLUE : group[i] < 0 ? Colors.GREY : Colors.category(group[i]);
                scene.disc(sx.at(x[i]), sy.at(y[i]), radius, color, 0.7, Mark.NONE);
            }
        }
        frame.xAxis(sx, xAxis, (int) Math.max(2, width / 75));
        if (!groups.isEmpty()) {
            int[] colors = new int[groups.size()];
            java.util.Arrays.setAll(colors, Colors::category);
            Frame.legend(scene, 24, frame.bottom + 58, width + 50, groups, colors);
        }
        return scene;
    }

    private static double[] range(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        double room = high > low ? (high - low) * 0.03 : low == 0 ? 1 : Math.abs(low) * 0.1;
        return new double[] {low - room, high + room};
    }

    private static double[] around(double[] range, double length) {
        double middle = (range[0] + range[1]) / 2;
        return new double[] {middle - length / 2, middle + length / 2};
    }

    private static void crowd(Frame frame, Scale sx, Scale sy, double[] x, double[] y) {
        double cell = (frame.right - frame.left) / GRID;
        int rows = Math.max(1, (int) Math.round((frame.bottom - frame.top) / cell));
        long[] counts = new long[GRID * rows];
        long most = 0;
        for (int i = 0; i < x.length; i++) {
            int c = Math.min(GRID - 1, (int) ((sx.at(x[i]) - frame.left) / (frame.right - frame.left) * GRID));
            int r = Math.min(rows - 1, (int) ((sy.at(y[i]) - frame.top) / (frame.bottom - frame.top) * rows));
            most = Math.max(most, ++counts[r * GRID + c]);
        }
        int[] colors = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            colors[i] =
                    counts[i] == 0 ? Colors.PAPER : Colors.amount(0.2 + 0.8 * Math.log1p(counts[i]) / Math.log1p(most));
        }
        frame.scene.pixels(
                frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, GRID, rows, colors);
    }
}
