package dev.meso.runtime.recording;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.Arrays;

/**
 * The moments at which neurons were active, in one recording or in several: spikes, or what stands for them in a signal. Those of
 * neuron v are {@code start[v]} to before {@code start[v + 1]}, by recording, then by time. Arrays are taken over and must not be
 * written to.
 *
 * @param start neurons + 1 places in the other two
 * @param recording of each event, from 0
 * @param time of each event in seconds, on the clock of its recording
 * @param first when each recording begins
 * @param last when each recording ends
 */
public record Events(int[] start, int[] recording, double[] time, double[] first, double[] last) {
    /** A neuron is active in a frame. */
    @FunctionalInterface
    private interface Active {
        boolean at(int frame, int neuron);
    }

    /** Number of neurons. */
    public int neurons() {
        return start.length - 1;
    }

    /** Number of events. */
    public int count() {
        return time.length;
    }

    /**
     * Where a neuron's signal rises through a threshold: the frames above it whose frame before, in the same run and not
     * missing either, was not. Signals are standardized within each recording first. Cost: linear in the values.
     *
     * @param threshold in standard deviations above the neuron's mean in the recording
     */
    public static Events crossings(Activity activity, double threshold) {
        int n = activity.neurons();
        int[] recordings = activity.recordings();
        double[][] levels = new double[recordings.length - 1][n];
        for (int r = 0; r < levels.length; r++) {
            Scaling scaling = Scaling.of(activity.slice(recordings[r], recordings[r + 1]));
            for (int i = 0; i < n; i++) {
                levels[r][i] = scaling.means()[i] + threshold * scaling.deviations()[i];
            }
        }
        boolean[] begins = new boolean[activity.frames() + 1];
        for (int b : activity.bounds()) {
            begins[b] = true;
        }
        int[] recordingOf = recordingOf(activity);
        return where(activity, recordingOf, (t, i) -> {
            double level = levels[recordingOf[t]][i];
            return activity.value(t, i) > level
                    && !begins[t]
                    && !activity.missing(t - 1, i)
                    && activity.value(t - 1, i) <= level;
        });
    }

    /** Of a recording of counts: the frames in which a neuron's is above 0. Cost: linear in the values. */
    public static Events spikes(Activity activity) {
        return where(activity, recordingOf(activity), (t, i) -> activity.value(t, i) > 0);
    }

    private static int[] recordingOf(Activity activity) {
        int[] of = new int[activity.frames()];
        for (int r = 0; r + 1 < activity.recordings().length; r++) {
            Arrays.fill(of, activity.recordings()[r], activity.recordings()[r + 1], r);
        }
        return of;
    }

    private static Events where(Activity activity, int[] recordingOf, Active active) {
        int n = activity.neurons();
        int frames = activity.frames();
        int[] start = new int[n + 1];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < n; i++) {
                start[i + 1] += !activity.missing(t, i) && active.at(t, i) ? 1 : 0;
            }
        }
        for (int i = 0; i < n; i++) {
            start[i + 1] = Math.addExact(start[i + 1], start[i]);
        }
        int[] recording = new int[start[n]];
        double[] time = new double[start[n]];
        int[] next = start.clone();
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < n; i++) {
                if (!activity.missing(t, i) && active.at(t, i)) {
                    recording[next[i]] = recordingOf[t];
                    time[next[i]++] = activity.times()[t];
                }
            }
        }
        int[] bounds = activity.recordings();
        double[] first = new double[bounds.length - 1];
        double[] last = new double[bounds.length - 1];
        for (int r = 0; r < first.length; r++) {
            boolean empty = bounds[r] == bounds[r + 1];
            first[r] = empty ? 0 : activity.times()[bounds[r]];
            last[r] = empty ? 0 : activity.times()[bounds[r + 1] - 1];
        }
        return new Events(start, recording, time, first, last);
    }

    /**
     * Spikes as a list: one recording that begins at 0, or with the first spike where that is earlier, and ends with the last.
     *
     * @param neurons how many there are
     * @param neuron of each spike
     * @param seconds when each was, in any order
     * @throws MesoException NOT_A_NUMBER where a time is not finite
     */
    public static Events of(int neurons, int[] neuron, double[] seconds) {
        int[] start = new int[neurons + 1];
        double first = 0;
        double last = 0;
        for (int k = 0; k < seconds.length; k++) {
            if (!Double.isFinite(seconds[k])) {
                throw new MesoException(ErrorCode.NOT_A_NUMBER, "spike " + k + " has the time " + seconds[k]);
            }
            start[neuron[k] + 1]++;
            first = Math.min(first, seconds[k]);
            last = Math.max(last, seconds[k]);
        }
        for (int v = 0; v < neurons; v++) {
            start[v + 1] += start[v];
        }
        double[] time = new double[seconds.length];
        int[] next = start.clone();
        for (int k = 0; k < seconds.length; k++) {
            time[next[neuron[k]]++] = seconds[k];
        }
        for (int v = 0; v < neurons; v++) {
            Arrays.sort(time, start[v], start[v + 1]);
        }
        return new Events(start, new int[time.length], time, new double[] {first}, new double[] {last});
    }

    /**
     * The same events for other neurons.
     *
     * @param place the neuron here of each of the others, -1 for one without events
     */
    public Events on(int[] place) {
        int[] newStart = new int[place.length + 1];
        for (int v = 0; v < place.length; v++) {
            newStart[v + 1] = newStart[v] + (place[v] < 0 ? 0 : start[place[v] + 1] - start[place[v]]);
        }
        int[] newRecording = new int[newStart[place.length]];
        double[] newTime = new double[newRecording.length];
        for (int v = 0; v < place.length; v++) {
            if (place[v] >= 0) {
                int length = newStart[v + 1] - newStart[v];
                System.arraycopy(recording, start[place[v]], newRecording, newStart[v], length);
                System.arraycopy(time, start[place[v]], newTime, newStart[v], length);
            }
        }
        return new Events(newStart, newRecording, newTime, first, last);
    }
}
