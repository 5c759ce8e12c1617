package dev.meso.language.value;

import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.graph.NeuronIds;
import dev.meso.runtime.mesoscale.FitReport;
import dev.meso.runtime.mesoscale.FittedModel;
import dev.meso.runtime.nulls.DescriptionLength;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What stands behind the dot of a fitted model. */
final class FittedModelMembers {
    private static final Unit UM = Unit.ofName("um");
    private static final String NEURON = "neuron";
    private static final String MODULE = "module";

    static final Members MEMBERS = Members.of(FittedModelValue.class)
            .property("name", Kind.TEXT, "the name of the model", f -> f.fit()
                    .spec()
                    .name())
            .property(
                    "summary",
                    Kind.TABLE,
                    "held-out error and R² of the model, its modules and the baselines, one frame and further ahead, with the description length and"
                            + " the terms of the loss",
                    FittedModelMembers::summary)
            .property(
                    "errors",
                    Kind.TABLE,
                    "the same for every number of frames ahead: model, steps, error, r2, values",
                    FittedModelMembers::errors)
            .property(
                    "history",
                    Kind.TABLE,
                    "each term of the loss and the validation error, epoch by epoch",
                    f -> table(f, history(f.fit().report())))
            .property("loss", Kind.RECORD, "each term of the loss in the last epoch", FittedModelMembers::loss)
            .property(
                    "modules",
                    Kind.LIST,
                    "records of number, network, parameters, error, locations and neurons",
                    FittedModelMembers::modules)
            .property(
                    "domains",
                    Kind.TABLE,
                    "for each neuron the module and the location it is assigned to, where that is, and the weight",
                    FittedModelMembers::domains)
            .property(
                    "partition",
                    Kind.RECORD,
                    "two partitions of the neurons: into domains, and into modules",
                    FittedModelMembers::partitions)
            .property(
                    "motifs",
                    Kind.TABLE,
                    "for each module at how many locations it is used, the share of all domains, its neurons, and how well its network serves the domains of"
                            + " module 0, 1, …: 1 as well as their own, 0 no better than decay",
                    FittedModelMembers::motifs)
            .property(
                    "explained",
                    Kind.TABLE,
                    "R² of each neuron one frame ahead, held out",
                    FittedModelMembers::explained)
            .property(
                    "description_length",
                    Kind.ANY,
                    "of the training part, in nats; lengths of the same recording can be compared and subtracted",
                    f -> new DescriptionLengthValue(length(f)))
            .property(
                    "rounding",
                    Kind.RECORD,
                    "the validation error before and after the switches and the assignment were decided",
                    FittedModelMembers::rounding)
            .property(
                    "restarts",
                    Kind.TABLE,
                    "what each seed came to: seed, description_length, error",
                    FittedModelMembers::restarts)
            .property(
                    "choices",
                    Kind.ANY,
                    "what each number of modules came to: modules, description_length, error; none where one was given",
                    f -> f.choices() == null ? NoneValue.NONE : f.choices())
            .property(
                    "gain", Kind.NUMBER, "the share of the state that the observer takes from each frame", f -> f.fit()
                            .gain())
            .property(
                    "warnings", Kind.LIST, "what to know before the result is trusted", f -> ListValue.of(f.warnings()))
            .end();

    private FittedModelMembers() {}

    private static TableValue table(FittedModelValue f, Table table) {
        return new TableValue(table, f.provenance());
    }

    // ---- errors -----------------------------------------------------------------------------------------------

    private static Object summary(FittedModelValue f) {
        FittedModel fit = f.fit();
        FitReport report = fit.report();
        int modules = fit.spec().modules();
        List<String> names = new ArrayList<>();
        List<double[]> numbers = new ArrayList<>();
        for (Forecasts.Error[] errors : report.errors()) {
            Forecasts.Error one = errors[0];
            Forecasts.Error last = errors[errors.length - 1];
            names.add(one.model());
            numbers.add(new double[] {one.squared(), one.explained(), last.squared(), last.explained()});
            for (int b = 0; numbers.size() == 1 + b && modules > 1 && b < modules; b++) {
                names.add("  module " + b);
                numbers.add(new double[] {report.byModule()[b], Double.NaN, Double.NaN, Double.NaN});
            }
        }
        int horizon = report.errors().get(0).length;
        List<String> titles = new ArrayList<>(List.of("model", "error", "r2"));
        List<Column> columns = new ArrayList<>();
        columns.add(TextColumn.of(names.toArray(String[]::new)));
        columns.add(column(numbers, 0));
        columns.add(column(numbers, 1));
        if (horizon > 1) {
            titles.addAll(List.of("error_" + horizon, "r2_" + horizon));
            columns.add(column(numbers, 2));
            columns.add(column(numbers, 3));
        }
        return new TableValue(Table.of(titles, columns), f.provenance(), notes(f));
    }

    /** What is printed below the table. */
    private static List<String> notes(FittedModelValue f) {
        FitReport report = f.fit().report();
        List<String> notes = new ArrayList<>();
        notes.add("mean squared error in standardized units on the last " + report.frames()[1]
                + " frames, one frame ahead"
                + (report.errors().get(0).length > 1 ? " and " + report.errors().get(0).length : ""));
        notes.add("description length " + Display.number(report.length().total()) + " nats: residuals "
                + Display.number(report.length().residuals()) + ", parameters "
                + Display.number(report.length().parameters()) + ", assignment "
                + Display.number(report.length().assignment()));
        StringBuilder loss = new StringBuilder("loss in the last epoch:");
        terms(report)
                .forEach((term, value) ->
                        loss.append(' ').append(term).append(' ').append(Display.shortText(value)));
        if (!report.history().isEmpty()) {
            notes.add(loss.toString());
        }
        if (f.graph() != null
                && !f.fit().spec().synapses()
                && f.fit().learned().structure().featureCount() == 0) {
            notes.add(
                    "the model knows where neurons are, not how they are connected, so there is no row of shuffled wiring");
        }
        f.warnings().forEach(warning -> notes.add("warning: " + warning));
        return notes;
    }

    private static DoubleColumn column(List<double[]> rows, int c) {
        return known(rows.stream().mapToDouble(r -> r[c]).toArray(), Unit.ONE);
    }

    /** NaN is missing. */
    private static DoubleColumn known(double[] values, Unit unit) {
        long[] missing = new long[(values.length + 63) / 64];
        for (int i = 0; i < values.length; i++) {
            missing[i >> 6] |= Double.isNaN(values[i]) ? 1L << i : 0;
        }
        return DoubleColumn.of(values, missing, unit);
    }

    private static Object errors(FittedModelValue f) {
        List<Forecasts.Error> all = new ArrayList<>();
        f.fit().report().errors().forEach(errors -> all.addAll(List.of(errors)));
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(
                "model", TextColumn.of(all.stream().map(Forecasts.Error::model).toArray(String[]::new)));
        columns.put(
                "steps",
                LongColumn.of(all.stream().mapToInt(Forecasts.Error::steps).toArray()));
        columns.put(
                "error",
                known(all.stream().mapToDouble(Forecasts.Error::squared).toArray(), Unit.ONE));
        columns.put(
                "r2", known(all.stream().mapToDouble(Forecasts.Error::explained).toArray(), Unit.ONE));
        columns.put(
                "values",
                LongColumn.of(all.stream().mapToLong(Forecasts.Error::values).toArray()));
        return table(f, Table.of(columns));
    }

    private static Table history(FitReport report) {
        int epochs = report.history().size();
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("epoch", LongColumn.of(range(1, epochs)));
        for (int t = 0; t <= report.terms().size(); t++) {
            int at = t;
            String name = t < report.terms().size() ? report.terms().get(t) : "validation";
            columns.put(
                    name,
                    DoubleColumn.of(report.history().stream()
                            .mapToDouble(line -> line[at])
                            .toArray()));
        }
        return Table.of(columns);
    }

    private static int[] range(int from, int count) {
        int[] range = new int[count];
        Arrays.setAll(range, i -> from + i);
        return range;
    }

    private static Map<String, Object> terms(FitReport report) {
        Map<String, Object> terms = new LinkedHashMap<>();
        for (int t = 0; t < report.terms().size() && !report.history().isEmpty(); t++) {
            terms.put(
                    report.terms().get(t), report.history().get(report.history().size() - 1)[t]);
        }
        return terms;
    }

    private static Object loss(FittedModelValue f) {
        return RecordValue.of(terms(f.fit().report()));
    }

    // ---- modules and domains ----------------------------------------------------------------------------------

    private static Object modules(FittedModelValue f) {
        FittedModel fit = f.fit();
        List<Object> modules = new ArrayList<>();
        for (int b = 0; b < fit.spec().modules(); b++) {
            double error = fit.report().byModule()[b];
            modules.add(RecordValue.of(
                    "number",
                    (long) b,
                    "network",
                    fit.network(b),
                    "parameters",
                    (long) fit.networkParameters(b),
                    "error",
                    Double.isNaN(error) ? NoneValue.NONE : (Object) error,
                    "locations",
                    new ColumnValue(LongColumn.of(fit.locations(b))),
                    "neurons",
                    new ColumnValue(names(fit, fit.neurons(b)))));
        }
        return ListValue.of(modules.toArray());
    }

    private static TextColumn names(FittedModel fit, int[] neurons) {
        return TextColumn.of(Arrays.stream(neurons).mapToObj(fit.names()::get).toArray(String[]::new));
    }

    private static Object domains(FittedModelValue f) {
        FittedModel fit = f.fit();
        int n = fit.names().size();
        ReceptiveFields fields = fit.learned().structure().fields();
        long[] module = new long[n];
        long[] location = new long[n];
        double[][] place = new double[3][n];
        double[] weight = new double[n];
        long[] missing = new long[(n + 63) / 64];
        for (int v = 0; v < n; v++) {
            FittedModel.Place at = fit.place(v);
            boolean none = at.module() < 0;
            missing[v >> 6] |= none ? 1L << v : 0;
            module[v] = at.module();
            location[v] = at.location();
            weight[v] = at.weight();
            boolean somewhere = !none && at.location() < fields.grid().size();
            place[0][v] = somewhere ? fields.grid().x()[at.location()] : Double.NaN;
            place[1][v] = somewhere ? fields.grid().y()[at.location()] : Double.NaN;
            place[2][v] = somewhere ? fields.grid().z()[at.location()] : Double.NaN;
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(NEURON, names(fit, range(0, n)));
        columns.put(MODULE, LongColumn.of(module, missing, Unit.ONE));
        columns.put("location", LongColumn.of(location, missing, Unit.ONE));
        columns.put("x", known(place[0], UM));
        columns.put("y", known(place[1], UM));
        columns.put("z", known(place[2], UM));
        columns.put("weight", DoubleColumn.of(weight, missing, Unit.ONE));
        return table(f, Table.of(columns));
    }

    private static Object partitions(FittedModelValue f) {
        return RecordValue.of(
                "domains",
                partition(f, f.fit().domains()),
                "modules",
                partition(f, f.fit().modules()));
    }

    /** Over the neurons of the structure where some were recorded, else over the names of the recording. */
    private static PartitionValue partition(FittedModelValue f, Partition recorded) {
        List<String> names = f.fit().names();
        Connectome graph = f.graph();
        if (graph != null) {
            int[] labels = new int[graph.n()];
            Arrays.fill(labels, Partition.NONE);
            boolean any = false;
            for (int i = 0; i < names.size(); i++) {
                int v = graph.neuron(names.get(i));
                if (v >= 0) {
                    labels[v] = recorded.blocks()[i];
                    any = true;
                }
            }
            if (any) {
                return PartitionValue.of(Partition.of(labels), graph, f.provenance());
            }
        }
        return new PartitionValue(recorded, NeuronIds.of(TextColumn.of(names.toArray(String[]::new))), f.provenance());
    }

    private static Object motifs(FittedModelValue f) {
        FittedModel fit = f.fit();
        int modules = fit.spec().modules();
        long[] locations = new long[modules];
        long[] neurons = new long[modules];
        double[] frequency = new double[modules];
        long domains = 0;
        for (int b = 0; b < modules; b++) {
            locations[b] = fit.locations(b).length;
            neurons[b] = fit.neurons(b).length;
            domains += locations[b];
        }
        for (int b = 0; b < modules; b++) {
            frequency[b] = domains == 0 ? 0 : (double) locations[b] / domains;
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(MODULE, LongColumn.of(range(0, modules)));
        columns.put("locations", LongColumn.of(locations));
        columns.put("frequency", DoubleColumn.of(frequency));
        columns.put("neurons", LongColumn.of(neurons));
        for (int b = 0; b < modules; b++) {
            int of = b;
            double[] serves = Arrays.stream(fit.report().similarity())
                    .mapToDouble(row -> row[of])
                    .toArray();
            columns.put("serves_" + b, known(serves, Unit.ONE));
        }
        return table(f, Table.of(columns));
    }

    private static Object explained(FittedModelValue f) {
        FittedModel fit = f.fit();
        return table(
                f,
                Table.of(
                        NEURON,
                        names(fit, range(0, fit.names().size())),
                        "r2",
                        known(fit.report().explained().clone(), Unit.ONE)));
    }

    // ---- how it went ------------------------------------------------------------------------------------------

    /** Lengths of the same data only can be compared: the code names how much data it is. */
    private static DescriptionLength length(FittedModelValue f) {
        dev.meso.runtime.mesoscale.DescriptionLength length = f.fit().report().length();
        return new DescriptionLength(
                length.residuals(),
                length.parameters() + length.assignment(),
                "approximate",
                "mesoscale, " + f.fit().names().size() + " neurons and "
                        + f.fit().report().frames()[0] + " frames",
                "residuals as Gaussian, one variance a neuron; ln(T)/2 for each free parameter; ln of the pairs to choose from for each neuron",
                OptionalDouble.empty(),
                "");
    }

    private static Object rounding(FittedModelValue f) {
        double[] rounding = f.fit().report().rounding();
        return rounding == null || rounding.length < 2
                ? NoneValue.NONE
                : RecordValue.of("before", rounding[0], "after", rounding[1]);
    }

    private static Object restarts(FittedModelValue f) {
        List<FitReport.Restart> all = f.fit().report().restarts();
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(
                "seed",
                LongColumn.of(all.stream().mapToLong(FitReport.Restart::seed).toArray()));
        columns.put(
                "description_length",
                DoubleColumn.of(
                        all.stream().mapToDouble(FitReport.Restart::length).toArray()));
        columns.put(
                "error",
                DoubleColumn.of(
                        all.stream().mapToDouble(FitReport.Restart::error).toArray()));
        return table(f, Table.of(columns));
    }
}
