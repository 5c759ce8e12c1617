package dev.meso.runtime.stats;

import dev.meso.runtime.motif.Census;
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
            return Census.DYADS;
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
            return Census.TRIADS;
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
