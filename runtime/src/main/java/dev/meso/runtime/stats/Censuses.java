package dev.meso.runtime.stats;

import dev.meso.runtime.nulls.NullModel;
import dev.meso.runtime.nulls.Observed;
import dev.meso.runtime.nulls.Sample;
import java.util.List;
import java.util.Optional;

/** The induced counts of all graphs on two and on three neurons. */
public final class Censuses {
    /** Pairs of neurons that are not connected, connected one way, connected both ways. */
    public static final Statistic DYADS = new Dyads();

    /** The 16 triads under their M-A-N codes. */
    public static final Statistic TRIADS = new Triads();

    private Censuses() {}

    private static double[] doubles(long[] counts) {
        double[] values = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            values[i] = counts[i];
        }
        return values;
    }

    private static final class Dyads implements Statistic {
        @Override
        public List<String> labels() {
            return List.of("null", "uni", "bi");
        }

        @Override
        public double[] of(Sample sample) {
            return doubles(sample.dyads());
        }

        @Override
        public Optional<double[]> expected(NullModel model, Observed observed) {
            return model.expectedDyads(observed);
        }
    }

    private static final class Triads implements Statistic {
        @Override
        public List<String> labels() {
            return List.of(
                    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U",
                    "120C", "210", "300");
        }

        @Override
        public double[] of(Sample sample) {
            return doubles(sample.triads());
        }

        @Override
        public Optional<double[]> expected(NullModel model, Observed observed) {
            return model.expectedTriads(observed);
        }
    }
}
