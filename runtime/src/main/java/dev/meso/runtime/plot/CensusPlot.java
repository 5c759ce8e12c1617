package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.List;

/** Counts as bars with the motifs drawn below. */
final class CensusPlot {
    /** Counts that differ by more than this are shown on a logarithmic axis. */
    private static final double LOG_FROM = 50;

    private static final double GLYPH = 30;

    private CensusPlot() {}

    static Scene scene(List<String> motifs, double[] counts, String title) {
        int n = motifs.size();
        double step = n <= 4 ? 80 : 42;
        Scene scene = new Scene(Math.max(340, 70 + n * step + 24), 330);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double c : counts) {
            least = c > 0 ? Math.min(least, c) : least;
            most = Math.max(most, c);
        }
        boolean log = most > LOG_FROM * least;
        boolean drawn = motifs.stream().allMatch(m -> Glyph.edges(m).isPresent());
        Frame frame = new Frame(scene, 70, 62, scene.width - 16, drawn ? 258 : 286);
        Frame.heading(scene, title, log ? "number of induced matches, logarithmic" : "number of induced matches");
        // A bar on a logarithmic axis has no foot; half of the least count leaves room for it.
        double low = log ? Math.pow(10, Math.floor(Math.log10(least / 1.5))) : 0;
        Scale y = log ? Scale.log(low, most * 1.6, frame.bottom, frame.top) : frame.up(0, most == 0 ? 1 : most * 1.08);
        frame.yAxis(y, "count", 6);
        step = (frame.right - frame.left) / n;
        for (int i = 0; i < n; i++) {
            double middle = frame.left + (i + 0.5) * step;
            double top = counts[i] > 0 ? y.at(counts[i]) : frame.bottom;
            double half = Math.min(step * 0.34, 26);
            scene.rectangle(middle - half, top, 2 * half, frame.bottom - top, Colors.BLUE, 0.85);
            scene.text(middle, top - 4, Scale.value(counts[i]), SMALL_VALUE, Anchor.MIDDLE, Colors.MUTED);
            if (drawn) {
                Glyph.draw(scene, motifs.get(i), middle, frame.bottom + 36, GLYPH);
            }
        }
        frame.words(motifs);
        return scene;
    }

    private static final double SMALL_VALUE = 9;
}
