package dev.meso.runtime.nulls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.task.Monitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An ensemble that was sent elsewhere gives the same samples there. */
class TravelTest {
    static List<NullModel> models() {
        return NullModels.all().stream().map(f -> f.with(Spaces.given(4, 1))).toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void samplesAreTheSameElsewhere(NullModel model) throws IOException, ClassNotFoundException {
        Observed observed = Observed.of(
                4, new int[] {0, 1, 2, 3, 1, 0}, new int[] {1, 2, 0, 1, 0, 3}, new double[] {1, 2, 3, 4, 5, 6}, false);
        Ensemble here = Ensemble.of(model, "mine", observed, new Options(5, false), 8, 42);
        here.get(0, Monitor.NONE);
        ByteArrayOutputStream parcel = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(parcel)) {
            out.writeObject(here);
        }
        Ensemble there;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(parcel.toByteArray()))) {
            there = (Ensemble) in.readObject();
        }
        assertEquals(here.name(), there.name());
        assertEquals(here.size(), there.size());
        for (int i = 7; i >= 0; i--) {
            Sample sent = there.get(i, Monitor.NONE);
            Sample kept = here.get(i, Monitor.NONE);
            assertArrayEquals(kept.triads(), sent.triads());
            assertEquals(kept.wiring(), sent.wiring());
            assertArrayEquals(kept.weights(), sent.weights());
        }
    }
}
