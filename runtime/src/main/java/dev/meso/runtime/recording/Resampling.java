package dev.meso.runtime.recording;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * Moments at equal steps among frames at uneven ones: each lies on a frame or between two of one run.
 *
 * @param times of the moments in seconds, each recording on its own clock
 * @param before the frame at or before each moment
 * @param share how far it is from there to the next frame, 0 on the frame and below 1
 * @param recordings where recordings begin, and the number of moments
 * @param bounds where runs begin, and the number of moments
 */
public record Resampling(double[] times, int[] before, double[] share, int[] recordings, int[] bounds) {
    /** Moments this close to a frame, in steps, are on it: sums of steps are rounded. */
    private static final double ROUNDING = 1e-6;

    /**
     * Every {@code step} seconds from the first frame of each recording, but not in gaps.
     *
     * @throws MesoException WRONG_VALUE unless the step is positive, TOO_LARGE for more than 2^31 values
     */
    public static Resampling of(Activity activity, double step) {
        if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "frames are some time above 0 apart, not " + step + " s");
        }
        double[] clock = activity.times();
        int[] starts = activity.recordings();
        requireFew(activity, step);
        DoubleArrayList times = new DoubleArrayList();
        DoubleArrayList share = new DoubleArrayList();
        IntArrayList before = new IntArrayList();
        IntArrayList recordings = new IntArrayList(new int[] {0});
        IntArrayList bounds = new IntArrayList(new int[] {0});
        int run = 0;
        for (int r = 0; r + 1 < starts.length; r++) {
            double first = starts[r] < starts[r + 1] ? clock[starts[r]] : 0;
            for (; run + 1 < activity.bounds().length && activity.bounds()[run + 1] <= starts[r + 1]; run++) {
                int end = activity.bounds()[run + 1];
                int frame = activity.bounds()[run];
                if (frame == end) {
                    continue;
                }
                double moment = Math.ceil((clock[frame] - first) / step - ROUNDING);
                for (double at = first + moment * step;
                        at <= clock[end - 1] + ROUNDING * step;
                        at = first + ++moment * step) {
                    while (frame + 1 < end && clock[frame + 1] <= at + ROUNDING * step) {
                        frame++;
                    }
                    boolean on = at - clock[frame] <= ROUNDING * step;
                    times.add(at);
                    before.add(frame);
                    share.add(on ? 0 : (at - clock[frame]) / (clock[frame + 1] - clock[frame]));
                }
                if (times.size() > bounds.getInt(bounds.size() - 1)) {
                    bounds.add(times.size());
                }
            }
            recordings.add(times.size());
        }
        if (times.isEmpty()) {
            bounds.add(0);
        }
        return new Resampling(
                times.toDoubleArray(),
                before.toIntArray(),
                share.toDoubleArray(),
                recordings.toIntArray(),
                bounds.toIntArray());
    }

    private static void requireFew(Activity activity, double step) {
        double moments = 0;
        for (int r = 0; r + 1 < activity.recordings().length; r++) {
            int last = activity.recordings()[r + 1] - 1;
            int first = activity.recordings()[r];
            moments += last < first ? 0 : 1 + (activity.times()[last] - activity.times()[first]) / step;
        }
        if (moments * Math.max(1, activity.neurons()) > Integer.MAX_VALUE - 8) {
            throw new MesoException(
                    ErrorCode.TOO_LARGE,
                    "a frame every " + step + " s makes more than 2^31 values",
                    "the median step of the recording is " + activity.step() + " s");
        }
    }

    /** The frame nearest to moment {@code k}, the later of two equally near. */
    public int nearest(int k) {
        return before[k] + (share[k] >= 0.5 ? 1 : 0);
    }

    /** The activity at these moments, of the recording they were made for. */
    Activity activity(Activity activity) {
        int n = activity.neurons();
        double[] values = new double[times.length * n];
        long[] missing = new long[(values.length + 63) >>> 6];
        for (int k = 0, at = 0; k < times.length; k++) {
            int t = before[k];
            for (int i = 0; i < n; i++, at++) {
                if (activity.missing(t, i) || share[k] > 0 && activity.missing(t + 1, i)) {
                    missing[at >>> 6] |= 1L << at;
                } else {
                    values[at] = share[k] == 0
                            ? activity.value(t, i)
                            : (1 - share[k]) * activity.value(t, i) + share[k] * activity.value(t + 1, i);
                }
            }
        }
        return new Activity(activity.names(), times, values, missing, recordings, bounds);
    }
}
