package dev.meso.runtime.plot;

import java.util.Arrays;
import java.util.List;

/** How many neurons have at least k partners: in- and out-degree on logarithmic axes. */
final class DegreePlot {
    private DegreePlot() {}

    /** @param counts for each name, the number of neurons of each degree */
    static Scene scene(long[] degrees, List<String> names, long[][] counts, String title) {
        long neurons = Arrays.stream(counts[0]).sum();
        long highest = 1;
        for (int i = 0; i < degrees.length; i++) {
            for (long[] count : counts) {
                highest = count[i] > 0 ? Math.max(highest, degrees[i]) : highest;
            }
        }
        Scene scene = new Scene(480, 390);
        Frame frame = new Frame(scene, 78, 62, 456, 318);
        Frame.heading(scene, title, "the share of neurons with at least k partners");
        Scale x = Scale.log(1, highest * 1.15, frame.left, frame.right);
        Scale y = Scale.log(0.8 / Math.max(2, neurons), 1.2, frame.bottom, frame.top);
        frame.yAxis(y, "share with degree ≥ k", 6);
        int[] colors = {Colors.BLUE, Colors.VERMILLION};
        for (int c = 0; c < counts.length; c++) {
            steps(scene, x, y, degrees, counts[c], neurons, colors[c]);
        }
        frame.xAxis(x, "degree k (number of partners)", 6);
        Frame.legend(scene, frame.left, frame.bottom + 58, 370, names, colors);
        return scene;
    }

    private static void steps(Scene scene, Scale x, Scale y, long[] degrees, long[] counts, long neurons, int color) {
        double[] px = new double[2 * degrees.length];
        double[] py = new double[2 * degrees.length];
        long left = neurons;
        double before = 1;
        int used = 0;
        for (int i = 0; i < degrees.length && left > 0; i++) {
            if (degrees[i] > 0) {
                double height = y.at((double) left / neurons);
                px[used] = x.at(before);
                py[used++] = height;
                px[used] = x.at(degrees[i]);
                py[used++] = height;
                before = degrees[i];
            }
            left -= counts[i];
        }
        scene.line(Arrays.copyOf(px, used), Arrays.copyOf(py, used), color, 1.8);
    }
}
