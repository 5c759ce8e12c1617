package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.mesoscale.FitReport;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Forecasts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A model that was fitted to a recording. Members are declared by {@link FittedModelMembers}. */
public final class FittedModelValue extends MesoValue {
    private final FittedModel fit;
    private final Connectome graph;
    private final List<String> warnings;
    private final TableValue choices;
    private final Provenance provenance;

    /**
     * @param graph the structure; null for a model without
     * @param warnings what to know before the result is trusted, a sentence each
     * @param choices what each number of modules came to, where several were tried; or null
     * @param provenance how it came about
     */
    public FittedModelValue(
            FittedModel fit, Connectome graph, List<String> warnings, TableValue choices, Provenance provenance) {
        this.fit = fit;
        this.graph = graph;
        this.warnings = List.copyOf(warnings);
        this.choices = choices;
        this.provenance = provenance;
    }

    public FittedModel fit() {
        return fit;
    }

    /** The structure it was fitted on, null where there is none. */
    public Connectome graph() {
        return graph;
    }

    public List<String> warnings() {
        return warnings;
    }

    /** What each number of modules came to; null where only one was tried. */
    public TableValue choices() {
        return choices;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public String kind() {
        return "fitted model";
    }

    @Override
    public String shortText() {
        return "fitted model " + fit.spec().name();
    }

    @Override
    @TruffleBoundary
    public String text() {
        FitReport report = fit.report();
        int used = 0;
        for (int b = 0; b < fit.spec().modules(); b++) {
            used += fit.neurons(b).length > 0 ? 1 : 0;
        }
        int modules = fit.spec().modules();
        int domains = fit.domains().count();
        List<String> lines = new ArrayList<>();
        lines.add(fit.spec().name() + " fitted to " + fit.names().size() + " neurons: " + count(modules, "module")
                + (used < modules ? " (" + used + " in use)" : "") + " in " + count(domains, "domain"));
        Forecasts.Error[] model = report.errors().get(0);
        StringBuilder beside = new StringBuilder();
        for (Forecasts.Error[] other :
                report.errors().subList(1, report.errors().size())) {
            beside.append(beside.isEmpty() ? "" : ", ")
                    .append(other[0].model())
                    .append(' ')
                    .append(number(other[0].squared()));
        }
        lines.add("one frame ahead, held out: error " + number(model[0].squared()) + ", R² "
                + number(model[0].explained()) + " (" + beside + ")");
        lines.add("description length " + Format.apply(report.length().total(), ".0f") + " nats, "
                + count(report.history().size(), "epoch") + ", " + report.frames()[0] + " frames to train and "
                + report.frames()[1] + " to test, seed " + report.seed()
                + (report.restarts().size() > 1 ? " of " + report.restarts().size() : "")
                + (report.stopped() ? ", stopped before its end" : ""));
        if (!warnings.isEmpty()) {
            lines.add(count(warnings.size(), "warning") + ": see .warnings");
        }
        return String.join("\n", lines);
    }

    private static String number(double value) {
        return Format.apply(value, ".3f");
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    @Override
    public Members members() {
        return FittedModelMembers.MEMBERS;
    }

    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        return other instanceof FittedModelValue f
                && fit.spec().equals(f.fit.spec())
                && fit.names().equals(f.fit.names())
                && Arrays.equals(fit.learned().parameters(), f.fit.learned().parameters());
    }

    @Override
    @TruffleBoundary
    public int hashCode() {
        return Objects.hash(fit.spec(), Arrays.hashCode(fit.learned().parameters()));
    }
}
