package dev.meso.runtime.mesoscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.plot.FitPlot;
import dev.meso.runtime.space.Positions;
import dev.meso.runtime.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitPlotTest {
    private static String svg(FittedModel fit, Positions positions, String view) {
        return new String(FitPlot.of(fit, positions, view, "").svg(), StandardCharsets.UTF_8);
    }

    @Test
    void eachViewShowsItsPart() {
        FittedModel fit = AnyModel.OBSERVED.make(3);
        String all = svg(fit, null, "");
        for (String part : List.of("persistence", "frames ahead", "predict", "validation error", "module 1", "epoch")) {
            assertTrue(all.contains(part), part);
        }
        assertFalse(svg(fit, null, "errors").contains("epoch"));
        assertFalse(svg(fit, null, "history").contains("persistence"));
        assertTrue(svg(fit, null, "networks").contains("module 1: "));
        String recurrent = svg(AnyModel.WITH_EVERYTHING.make(3), null, "networks");
        assertTrue(recurrent.contains("dense ") && !recurrent.contains("recurrent<"), recurrent);
        assertFalse(svg(fit, null, "space").contains("persistence"));
        MesoException e = assertThrows(MesoException.class, () -> svg(fit, null, "cube"));
        assertEquals(ErrorCode.WRONG_VALUE, e.code());
    }

    @Test
    void neuronsWithoutAPlaceAreLeftOut() {
        FittedModel fit = AnyModel.WITH_EVERYTHING.make(3);
        double[] x = new double[AnyModel.NEURONS];
        Arrays.setAll(x, i -> i < 60 ? i : Double.NaN);
        assertTrue(svg(fit, new Positions(x, x, x, Unit.ofName("um")), "space").contains("60 neurons"));
        Arrays.fill(x, Double.NaN);
        assertTrue(svg(fit, new Positions(x, x, x, Unit.ofName("um")), "space").contains("no neuron has a position"));
    }

    @Test
    void aFitWithoutTrainingHasNoHistory() {
        FittedModel fit = AnyModel.PLAIN.make(3);
        FitReport r = fit.report();
        FitReport empty = new FitReport(
                r.terms(),
                List.of(),
                r.errors(),
                r.explained(),
                r.byModule(),
                r.length(),
                r.rounding(),
                r.restarts(),
                r.seed(),
                r.frames(),
                r.stopped(),
                r.similarity());
        assertTrue(svg(fit.with(empty), null, "").contains("no epoch of training"));
    }
}
