package dev.meso.runtime.mesoscale;

import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a {@link FitFile}, in the order in which {@link FitReader} reads it. Numbers are big-endian; a list is its length and its items; text
 * is the length of its UTF-8 and that; what may be absent follows a boolean.
 */
final class FitWriter {
    private final DataOutputStream out;

    FitWriter(DataOutputStream out) {
        this.out = out;
    }

    void content(FitFile.Content content) throws IOException {
        learned(content.model().learned());
        report(content.model().report());
        texts(content.warnings());
        out.writeBoolean(content.choices() != null);
        if (content.choices() != null) {
            table(content.choices());
        }
        provenance(content.provenance());
    }

    private void learned(FittedModel.Learned learned) throws IOException {
        spec(learned.spec());
        out.writeInt(learned.size());
        texts(learned.classes());
        out.writeBoolean(learned.gated());
        text(learned.precision().name());
        texts(learned.names());
        out.writeDouble(learned.step());
        numbers(learned.scaling().means());
        numbers(learned.scaling().deviations());
        texts(learned.scaling().constant());
        structure(learned.structure());
        numbers(learned.parameters());
        numbers(learned.assignment());
    }

    private void spec(ModelSpec spec) throws IOException {
        text(spec.name());
        menu(spec.menu());
        out.writeInt(spec.modules());
        text(spec.assignment().name());
        out.writeDouble(spec.radius());
        out.writeDouble(spec.gain());
        out.writeBoolean(spec.learned());
        out.writeDouble(spec.drift());
        out.writeBoolean(spec.residual());
        out.writeBoolean(spec.synapses());
    }

    private void menu(ModuleMenu menu) throws IOException {
        text(menu.name());
        out.writeInt(menu.layers().size());
        for (Layer layer : menu.layers()) {
            out.writeInt(layer.from());
            out.writeInt(layer.to());
            out.writeInt(layer.step());
            out.writeInt(layer.activations().size());
            for (Activation activation : layer.activations()) {
                text(activation.function().name());
                out.writeInt(activation.size());
            }
        }
        out.writeInt(menu.repeatFrom());
        out.writeInt(menu.repeatTo());
        text(menu.skip().name());
        text(menu.recurrent().name());
        text(menu.pass().name());
        out.writeDouble(menu.diameter());
        out.writeDouble(menu.stride());
        out.writeInt(menu.rank());
        out.writeBoolean(menu.tied());
    }

    private void structure(ModelStructure structure) throws IOException {
        ReceptiveFields fields = structure.fields();
        LocationGrid grid = fields.grid();
        out.writeDouble(grid.diameter());
        out.writeDouble(grid.stride());
        numbers(grid.x());
        numbers(grid.y());
        numbers(grid.z());
        wholes(fields.start());
        wholes(fields.members());
        out.writeBoolean(fields.hasGlobal());
        out.writeBoolean(structure.wiring() != null);
        if (structure.wiring() != null) {
            wholes(structure.wiring().edgeSources());
            wholes(structure.wiring().outTargets());
            numbers(structure.weights());
        }
        out.writeInt(structure.featureCount());
        if (structure.featureCount() > 0) {
            for (int[] near : structure.neighbours()) {
                wholes(near);
            }
            numbers(structure.features());
        }
    }

    private void report(FitReport report) throws IOException {
        texts(report.terms());
        out.writeInt(report.history().size());
        for (double[] means : report.history()) {
            numbers(means);
        }
        out.writeInt(report.errors().size());
        for (Forecasts.Error[] errors : report.errors()) {
            text(errors[0].model());
            out.writeInt(errors.length);
            for (Forecasts.Error error : errors) {
                out.writeInt(error.steps());
                out.writeDouble(error.squared());
                out.writeDouble(error.explained());
                out.writeLong(error.values());
            }
        }
        numbers(report.explained());
        numbers(report.byModule());
        out.writeDouble(report.length().residuals());
        out.writeDouble(report.length().parameters());
        out.writeDouble(report.length().assignment());
        out.writeBoolean(report.rounding() != null);
        if (report.rounding() != null) {
            numbers(report.rounding());
        }
        out.writeInt(report.restarts().size());
        for (FitReport.Restart restart : report.restarts()) {
            out.writeLong(restart.seed());
            out.writeDouble(restart.length());
            out.writeDouble(restart.error());
        }
        out.writeLong(report.seed());
        wholes(report.frames());
        out.writeBoolean(report.stopped());
        for (double[] row : report.similarity()) {
            numbers(row);
        }
    }

    /** Whole and other numbers by column, NaN where missing; other columns as text. */
    private void table(Table table) throws IOException {
        texts(table.names());
        out.writeInt(table.rows());
        for (Column column : table.columns()) {
            out.writeByte(column instanceof LongColumn ? 'l' : column instanceof NumberColumn ? 'd' : 't');
            for (int row = 0; row < table.rows(); row++) {
                out.writeBoolean(column.missing(row));
                if (column.missing(row)) {
                    continue;
                }
                if (column instanceof LongColumn whole) {
                    out.writeLong(whole.get(row));
                } else if (column instanceof NumberColumn number) {
                    out.writeDouble(number.number(row));
                } else {
                    text(String.valueOf(column.value(row)));
                }
            }
        }
    }

    /** Every step once, its sources by their place before it. */
    private void provenance(Provenance provenance) throws IOException {
        List<Provenance> steps = provenance.steps();
        Map<Provenance, Integer> places = new IdentityHashMap<>();
        out.writeInt(steps.size());
        for (Provenance step : steps) {
            text(step.step());
            out.writeInt(step.facts().size());
            for (Map.Entry<String, Object> fact : step.facts().entrySet()) {
                text(fact.getKey());
                switch (fact.getValue()) {
                    case null -> out.writeByte('n');
                    case Long whole -> {
                        out.writeByte('l');
                        out.writeLong(whole);
                    }
                    case Double number -> {
                        out.writeByte('d');
                        out.writeDouble(number);
                    }
                    case Boolean truth -> {
                        out.writeByte('b');
                        out.writeBoolean(truth);
                    }
                    default -> {
                        out.writeByte('t');
                        text(fact.getValue().toString());
                    }
                }
            }
            out.writeInt(step.sources().size());
            for (Provenance source : step.sources()) {
                out.writeInt(places.get(source));
            }
            places.put(step, places.size());
        }
    }

    // ---- pieces -----------------------------------------------------------------------------------------------

    void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void texts(List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(text);
        }
    }

    private void numbers(double[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private void wholes(int[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }
}
