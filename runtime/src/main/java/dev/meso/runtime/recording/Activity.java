package dev.meso.runtime.recording;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The activity of neurons over frames, of one recording or of several after each other. A value may be missing; NaN in the
 * input means that. Frames need not be equally spaced; where two are more than {@link #GAP} usual steps apart, nothing is known of
 * what lies between, and the recording is in several runs. Immutable; the arrays it hands out must not be written to.
 *
 * <p>Memory: 8 bytes and 1 bit a frame and neuron.
 */
public final class Activity implements Serializable {
    private static final long serialVersionUID = 2L;

    /** A step of more than this many times the recording's median step is a gap. */
    public static final double GAP = 2.5;

    private final List<String> names;
    private final double[] times;
    private final double[] values;
    private final long[] missing;
    private final int[] recordings;
    private final int[] bounds;

    /**
     * @param recordings where recordings begin, and the number of frames
     * @param bounds where runs begin, and the number of frames
     */
    Activity(List<String> names, double[] times, double[] values, long[] missing, int[] recordings, int[] bounds) {
        this.names = names;
        this.times = times;
        this.values = values;
        this.missing = missing;
        this.recordings = recordings;
        this.bounds = bounds;
    }

    /**
     * One recording.
     *
     * @param names of the neurons, each once
     * @param times of the frames in seconds, ascending
     * @param values frame by frame, taken over; a value that is not finite is missing
     * @throws MesoException DUPLICATE_ID, WRONG_LENGTH, WRONG_VALUE where times do not ascend
     */
    public static Activity of(List<String> names, double[] times, double[] values) {
        int n = names.size();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new MesoException(
                        ErrorCode.DUPLICATE_ID, "neuron '" + name + "' has two columns in the recording");
            }
        }
        if (values.length != (long) n * times.length) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "a recording of " + n + " neurons and " + times.length + " frames needs " + (long) n * times.length
                            + " values, not " + values.length);
        }
        for (int t = 0; t < times.length; t++) {
            if (!Double.isFinite(times[t]) || (t > 0 && times[t] <= times[t - 1])) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "the times of the frames must ascend, but frame " + t + " is at " + times[t]
                                + (t > 0 ? " after one at " + times[t - 1] : ""));
            }
        }
        long[] missing = new long[(values.length + 63) >>> 6];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                missing[i >>> 6] |= 1L << i;
                values[i] = 0;
            }
        }
        return new Activity(List.copyOf(names), times, values, missing, new int[] {0, times.length}, runs(times));
    }

    /** Where runs without a gap begin, and the number of frames. */
    private static int[] runs(double[] times) {
        double[] steps = new double[Math.max(0, times.length - 1)];
        for (int t = 0; t < steps.length; t++) {
            steps[t] = times[t + 1] - times[t];
        }
        double longest = GAP * median(steps);
        IntArrayList starts = new IntArrayList(new int[] {0});
        for (int t = 0; t < steps.length; t++) {
            if (steps[t] > longest) {
                starts.add(t + 1);
            }
        }
        starts.add(times.length);
        return starts.toIntArray();
    }

    /** 0 of nothing. */
    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length == 0 ? 0 : (sorted[half] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    /** The columns of a table, one a neuron, at the times of the column {@code time}. Errors: also UNKNOWN_COLUMN, WRONG_TYPE. */
    public static Activity of(Table table, String time) {
        List<String> names = new ArrayList<>(table.names());
        names.remove(time);
        NumberColumn clock = table.numbers(time);
        int n = names.size();
        double[] times = new double[table.rows()];
        double[] values = new double[Math.multiplyExact(n, times.length)];
        for (int t = 0; t < times.length; t++) {
            times[t] = clock.missing(t) ? Double.NaN : clock.number(t);
        }
        for (int i = 0; i < n; i++) {
            NumberColumn column = table.numbers(names.get(i));
            for (int t = 0; t < times.length; t++) {
                values[t * n + i] = column.missing(t) ? Double.NaN : column.number(t);
            }
        }
        return of(names, times, values);
    }

    /**
     * Recordings one after the other. Columns whose name is {@code shared} are the same neuron in all of them; others belong
     * to their recording only and are called {@code r:name}, r counting recordings from 1. Where a neuron was not
     * recorded its values are missing. Windows and steps never cross from one recording to the next.
     */
    public static Activity join(List<Activity> recordings, Predicate<String> shared) {
        Map<String, Integer> places = new HashMap<>();
        List<String> names = new ArrayList<>();
        List<int[]> columns = new ArrayList<>();
        int frames = 0;
        for (int r = 0; r < recordings.size(); r++) {
            Activity one = recordings.get(r);
            int[] place = new int[one.neurons()];
            for (int i = 0; i < place.length; i++) {
                String name = one.names.get(i);
                String joined = shared.test(name) ? name : r + 1 + ":" + name;
                place[i] = places.computeIfAbsent(joined, k -> {
                    names.add(k);
                    return names.size() - 1;
                });
            }
            columns.add(place);
            frames += one.frames();
        }
        int n = names.size();
        double[] times = new double[frames];
        double[] values = new double[Math.multiplyExact(n, frames)];
        long[] missing = new long[(values.length + 63) >>> 6];
        Arrays.fill(missing, -1L);
        IntArrayList starts = new IntArrayList(new int[] {0});
        IntArrayList bounds = new IntArrayList(new int[] {0});
        int at = 0;
        for (int r = 0; r < recordings.size(); r++) {
            Activity one = recordings.get(r);
            int[] place = columns.get(r);
            for (int t = 0; t < one.frames(); t++) {
                times[at + t] = one.times[t];
                for (int i = 0; i < place.length; i++) {
                    if (!one.missing(t, i)) {
                        int to = (at + t) * n + place[i];
                        values[to] = one.values[t * place.length + i];
                        missing[to >>> 6] &= ~(1L << to);
                    }
                }
            }
            for (int s = 1; s < one.recordings.length; s++) {
                starts.add(at + one.recordings[s]);
            }
            for (int s = 1; s < one.bounds.length; s++) {
                bounds.add(at + one.bounds[s]);
            }
            at += one.frames();
        }
        clearBeyond(missing, values.length);
        return new Activity(List.copyOf(names), times, values, missing, starts.toIntArray(), bounds.toIntArray());
    }

    private static void clearBeyond(long[] mask, int length) {
        if ((length & 63) != 0) {
            mask[length >>> 6] &= (1L << length) - 1;
        }
    }

    /** Number of frames. */
    public int frames() {
        return times.length;
    }

    /** Number of neurons. */
    public int neurons() {
        return names.size();
    }

    public List<String> names() {
        return names;
    }

    /** When each frame was taken, in seconds; each recording has its own clock. */
    public double[] times() {
        return times;
    }

    /** All values, frame by frame: that of neuron i in frame t stands at {@code t * neurons() + i}; 0 where missing. */
    public double[] values() {
        return values;
    }

    public double value(int t, int i) {
        return values[t * names.size() + i];
    }

    public boolean missing(int t, int i) {
        int at = t * names.size() + i;
        return (missing[at >>> 6] >>> at & 1) != 0;
    }

    /** Number of missing values. */
    public long missingCount() {
        long count = 0;
        for (long word : missing) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Where recordings begin: the first is 0, the last is the number of frames. */
    public int[] recordings() {
        return recordings;
    }

    /**
     * Where runs of frames begin, those of each recording and those after each gap: the first is 0, the last is the number of frames. Steps
     * and windows stay within a run.
     */
    public int[] bounds() {
        return bounds;
    }

    /** The frames before which there is a gap. */
    public int[] gaps() {
        IntArrayList gaps = new IntArrayList();
        for (int b : bounds) {
            if (Arrays.binarySearch(recordings, b) < 0) {
                gaps.add(b);
            }
        }
        return gaps.toIntArray();
    }

    /** The median time from a frame to the next of its recording, in seconds; 0 where there are no two. */
    public double step() {
        DoubleArrayList steps = new DoubleArrayList();
        for (int s = 0; s + 1 < recordings.length; s++) {
            for (int t = recordings[s]; t + 1 < recordings[s + 1]; t++) {
                steps.add(times[t + 1] - times[t]);
            }
        }
        return median(steps.toDoubleArray());
    }

    /** Frames {@code from} to before {@code to}. */
    public Activity slice(int from, int to) {
        int n = names.size();
        double[] some = Arrays.copyOfRange(values, from * n, to * n);
        long[] mask = new long[(some.length + 63) >>> 6];
        for (int i = 0; i < some.length; i++) {
            int at = from * n + i;
            if ((missing[at >>> 6] >>> at & 1) != 0) {
                mask[i >>> 6] |= 1L << i;
            }
        }
        return new Activity(
                names,
                Arrays.copyOfRange(times, from, to),
                some,
                mask,
                cut(recordings, from, to),
                cut(bounds, from, to));
    }

    /** What is left of these starts in the frames {@code from} to before {@code to}. */
    private static int[] cut(int[] starts, int from, int to) {
        IntArrayList cut = new IntArrayList(new int[] {0});
        for (int b : starts) {
            if (b > from && b < to) {
                cut.add(b - from);
            }
        }
        cut.add(to - from);
        return cut.toIntArray();
    }

    /** These neurons, in this order. */
    public Activity select(int... neurons) {
        List<String> chosen = new ArrayList<>();
        for (int i : neurons) {
            chosen.add(names.get(i));
        }
        double[] some = new double[Math.multiplyExact(frames(), neurons.length)];
        long[] mask = new long[(some.length + 63) >>> 6];
        for (int t = 0, at = 0; t < frames(); t++) {
            for (int i : neurons) {
                some[at] = value(t, i);
                if (missing(t, i)) {
                    mask[at >>> 6] |= 1L << at;
                }
                at++;
            }
        }
        return new Activity(List.copyOf(chosen), times, some, mask, recordings, bounds);
    }

    /** A recording in two contiguous parts. */
    public record Split(Activity train, Activity test) {}

    /**
     * The first part of the frames of each recording and the rest; frames are never shuffled, because neighbours in time
     * are nearly equal.
     *
     * @throws MesoException WRONG_VALUE unless {@code fraction} leaves at least two frames on both sides of each recording
     */
    public Split split(double fraction) {
        List<Activity> train = new ArrayList<>();
        List<Activity> test = new ArrayList<>();
        for (int s = 0; s + 1 < recordings.length; s++) {
            int length = recordings[s + 1] - recordings[s];
            int cut = (int) Math.round(fraction * length);
            if (!(fraction > 0 && fraction < 1) || cut < 2 || length - cut < 2) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "a split of " + fraction + " leaves fewer than two frames of " + length + " on one side",
                        "0.8 trains on the first four fifths of the frames");
            }
            train.add(slice(recordings[s], recordings[s] + cut));
            test.add(slice(recordings[s] + cut, recordings[s + 1]));
        }
        return new Split(join(train, name -> true), join(test, name -> true));
    }

    /** The first frame of each window of {@code length} frames within one run, {@code stride} frames apart. */
    public int[] windows(int length, int stride) {
        IntArrayList starts = new IntArrayList();
        for (int s = 0; s + 1 < bounds.length; s++) {
            for (int t = bounds[s]; t + length <= bounds[s + 1]; t += stride) {
                starts.add(t);
            }
        }
        return starts.toIntArray();
    }

    /**
     * The activity every {@code step} seconds from the first frame of each recording: on the line between the frames before and after, and
     * missing where one of them is. Moments within gaps are left out. This takes values between frames and averages nothing; where
     * the step is longer than that of the frames, what is faster than the step is not filtered out. Cost: linear in the values.
     *
     * @throws MesoException WRONG_VALUE unless the step is positive, TOO_LARGE for more than 2^31 values
     */
    public Activity resample(double step) {
        return Resampling.of(this, step).activity(this);
    }

    /**
     * One row for each frame: the times in a column called {@code time}, then a column for each neuron; of several recordings also
     * their number, from 1, in the column {@code recording}, the second one. Cost: a copy.
     *
     * @param unit of the times; {@link Unit#ONE} for seconds without a unit
     * @throws MesoException MALFORMED_TABLE where a neuron is called as one of these columns is
     */
    public Table table(String time, Unit unit) {
        int n = names.size();
        int frames = times.length;
        List<String> titles = new ArrayList<>(List.of(time));
        titles.addAll(names);
        List<Column> columns = new ArrayList<>();
        Unit seconds = Unit.ofName("s");
        columns.add(DoubleColumn.of(Arrays.stream(times)
                        .map(t -> unit.isOne() ? t : seconds.convert(t, unit))
                        .toArray())
                .withUnit(unit));
        if (recordings.length > 2) {
            long[] number = new long[frames];
            for (int r = 0; r + 1 < recordings.length; r++) {
                Arrays.fill(number, recordings[r], recordings[r + 1], r + 1L);
            }
            titles.add(1, "recording");
            columns.add(LongColumn.of(number));
        }
        for (int i = 0; i < n; i++) {
            double[] column = new double[frames];
            long[] mask = new long[(frames + 63) >>> 6];
            for (int t = 0; t < frames; t++) {
                column[t] = values[t * n + i];
                mask[t >>> 6] |= missing(t, i) ? 1L << t : 0;
            }
            columns.add(DoubleColumn.of(column, mask, Unit.ONE));
        }
        return Table.of(titles, columns);
    }

    /** The same recording with other values; missing ones stay so. */
    Activity withValues(double[] changed) {
        return new Activity(names, times, changed, missing, recordings, bounds);
    }
}
