package dev.meso.runtime.mesoscale;

import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Forecasts;
import dev.meso.runtime.recording.Scaling;
import dev.meso.runtime.space.LocationGrid;
import dev.meso.runtime.space.ReceptiveFields;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.tensor.Options;
import dev.meso.runtime.tensor.Parameters;
import dev.meso.runtime.unit.Unit;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link FitWriter} wrote. A file may come from a stranger, so nothing in it is believed: no array is made that is longer than the rest of the
 * file, no number is used as an index before it is known to be one, and the program of the model is built only once its size is known to
 * be that of the parameters.
 */
final class FitReader extends BoundedInput {
    FitReader(DataInputStream in, long length, String name) {
        super(in, length, name);
    }

    FitFile.Content content() throws IOException {
        FittedModel.Learned learned = learned();
        FitReport report = report(learned);
        List<String> warnings = texts();
        Table choices = truth() ? table() : null;
        Provenance provenance = provenance();
        check(left() == 0, left() + " bytes too many");
        return new FitFile.Content(new FittedModel(learned, report), warnings, choices, provenance);
    }

    // ---- the model --------------------------------------------------------------------------------------------

    private FittedModel.Learned learned() throws IOException {
        ModelSpec spec = spec();
        int size = between("the size of a module", 1, Integer.MAX_VALUE);
        List<String> classes = texts();
        boolean gated = truth();
        Options.Precision precision = word(Options.Precision.class);
        List<String> names = texts();
        double step = number();
        Scaling scaling = new Scaling(numbers(), numbers(), texts());
        ModelStructure structure = structure(spec, names.size());
        double[] parameters = numbers();
        double[] assignment = numbers();
        check(!names.isEmpty(), "it names no neuron");
        check(
                scaling.means().length == names.size() && scaling.deviations().length == names.size(),
                "the scaling is not that of its neurons");
        FittedModel.Learned learned = new FittedModel.Learned(
                spec,
                structure,
                size,
                classes,
                gated,
                precision,
                parameters,
                assignment,
                scaling,
                List.copyOf(names),
                step);
        fits(learned);
        return learned;
    }

    /** Whether the parameters are as many as the model has. First with numbers that cannot overflow, then by the program. */
    private void fits(FittedModel.Learned learned) {
        ModelSpec spec = learned.spec();
        ReceptiveFields fields = learned.structure().fields();
        long most = learned.parameters().length;
        // Fields are padded to at most twice their size or 16, so this bounds what the layout takes.
        double places = (2.0 * fields.members().length + 16.0 * fields.locations()) * spec.modules();
        double pairs = (double) fields.locations() * spec.modules();
        boolean fit = fields.locations() > 0
                && (double) fields.members().length * spec.modules() * learned.size() <= most
                && pairs * learned.size() * learned.classes().size() <= most
                && places < Integer.MAX_VALUE
                && FieldLayout.of(learned.structure(), spec.modules()).size() == learned.assignment().length;
        double weights = 0;
        double inputs = learned.size();
        for (int r = 0; fit && r < spec.menu().repeatTo(); r++) {
            for (Layer layer : spec.menu().layers()) {
                weights += spec.modules() * inputs * layer.to();
                inputs = layer.to();
            }
            fit = weights <= most;
        }
        check(fit && parameters(learned) == most, "its parameters are not those of its model");
    }

    private long parameters(FittedModel.Learned learned) {
        try {
            ModelGraph graph = new ModelGraph(
                    learned.spec(),
                    learned.structure(),
                    learned.size(),
                    1,
                    1,
                    1,
                    learned.classes().size(),
                    null,
                    learned.gated());
            return Parameters.of(graph.graph).size();
        } catch (RuntimeException e) {
            // Whatever the numbers of a stranger break.
            throw damaged("its model cannot be built");
        }
    }

    private ModelSpec spec() throws IOException {
        return new ModelSpec(
                text(),
                menu(),
                between("the number of modules", 1, Integer.MAX_VALUE),
                word(ModelSpec.Assignment.class),
                number(),
                new ModelSpec.Observer(number(), truth(), number()),
                truth(),
                truth());
    }

    private ModuleMenu menu() throws IOException {
        String menu = text();
        int count = count(4 * Integer.BYTES);
        check(count > 0, "a module has no layers");
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < count; l++) {
            int from = between("a width", 1, Integer.MAX_VALUE);
            int to = between("a width", from, Integer.MAX_VALUE);
            int step = between("a step of the width", 1, Math.max(1, to));
            int choices = count(2 * Integer.BYTES);
            check(choices > 0, "a layer has no activation");
            List<Activation> activations = new ArrayList<>();
            for (int k = 0; k < choices; k++) {
                activations.add(new Activation(
                        word(ModuleMenu.Function.class), between("the size of a pool", 1, Integer.MAX_VALUE)));
            }
            layers.add(new Layer(from, to, step, List.copyOf(activations)));
        }
        return new ModuleMenu(
                menu,
                List.copyOf(layers),
                between("a repetition", 0, Integer.MAX_VALUE),
                between("a repetition", 1, Integer.MAX_VALUE),
                word(ModuleMenu.Presence.class),
                word(ModuleMenu.Presence.class),
                word(ModuleMenu.Presence.class),
                number(),
                number(),
                between("a rank", 0, Integer.MAX_VALUE),
                truth());
    }

    private ModelStructure structure(ModelSpec spec, int n) throws IOException {
        LocationGrid grid = new LocationGrid(number(), number(), numbers(), numbers(), numbers());
        check(grid.x().length == grid.y().length && grid.x().length == grid.z().length, "its grid is uneven");
        ReceptiveFields fields = fields(grid, n);
        Wiring wiring = null;
        double[] weights = null;
        if (truth()) {
            int[] pre = indexes(n);
            int[] post = indexes(n);
            weights = numbers();
            check(pre.length == post.length, "its connections are uneven");
            wiring = Wiring.of(n, pre, post, false);
            check(wiring.m() == weights.length, "its connections have not one weight each");
        }
        check(wiring != null || !spec.synapses(), "it has synapses but no connections");
        int featureCount = between("the number of features", 0, Integer.MAX_VALUE);
        if (featureCount == 0) {
            return new ModelStructure(fields, wiring, weights, null, null, 0);
        }
        int[][] neighbours = new int[n][];
        for (int v = 0; v < n; v++) {
            neighbours[v] = indexes(n);
        }
        double[] features = numbers();
        check(features.length == (double) n * featureCount, "its features are not those of its neurons");
        return new ModelStructure(fields, wiring, weights, neighbours, features, featureCount);
    }

    private ReceptiveFields fields(LocationGrid grid, int n) throws IOException {
        int[] start = wholes();
        int[] members = indexes(n);
        boolean everywhere = truth();
        boolean right = start.length == grid.size() + (everywhere ? 2 : 1)
                && start[0] == 0
                && start[start.length - 1] == members.length;
        for (int l = 0; right && l + 1 < start.length; l++) {
            // A location without neurons is left out of a model.
            right = start[l] < start[l + 1] && start[l + 1] <= members.length;
            for (int i = start[l] + 1; right && i < start[l + 1]; i++) {
                right = members[i - 1] < members[i];
            }
        }
        check(right, "its fields are not those of its grid");
        return ReceptiveFields.of(grid, n, start, members, everywhere);
    }

    // ---- the report -------------------------------------------------------------------------------------------

    private FitReport report(FittedModel.Learned learned) throws IOException {
        List<String> terms = texts();
        int epochs = count(Integer.BYTES);
        List<double[]> history = new ArrayList<>();
        for (int e = 0; e < epochs; e++) {
            history.add(numbers());
            check(history.get(e).length == terms.size() + 1, "its history is not that of its terms");
        }
        List<Forecasts.Error[]> errors = errors();
        double[] explained = numbers();
        double[] byModule = numbers();
        check(explained.length == learned.names().size(), "its report is not of its neurons");
        check(byModule.length == learned.spec().modules(), "its report is not of its modules");
        DescriptionLength length = new DescriptionLength(number(), number(), number());
        double[] rounding = truth() ? numbers() : null;
        int count = count(3 * Long.BYTES);
        List<FitReport.Restart> restarts = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            restarts.add(new FitReport.Restart(whole(), number(), number()));
        }
        long seed = whole();
        int[] frames = wholes();
        check(frames.length == 2, "its report does not know how many frames there were");
        boolean stopped = truth();
        double[][] similarity = new double[byModule.length][];
        for (int a = 0; a < similarity.length; a++) {
            similarity[a] = numbers();
            check(similarity[a].length == similarity.length, "its report is not of its modules");
        }
        return new FitReport(
                terms,
                List.copyOf(history),
                errors,
                explained,
                byModule,
                length,
                rounding,
                List.copyOf(restarts),
                seed,
                frames,
                stopped,
                similarity);
    }

    private List<Forecasts.Error[]> errors() throws IOException {
        int models = count(2 * Integer.BYTES);
        List<Forecasts.Error[]> all = new ArrayList<>();
        for (int m = 0; m < models; m++) {
            String model = text();
            Forecasts.Error[] errors = new Forecasts.Error[count(Integer.BYTES + 3 * Long.BYTES)];
            for (int k = 0; k < errors.length; k++) {
                errors[k] =
                        new Forecasts.Error(model, between("steps", 1, Integer.MAX_VALUE), number(), number(), whole());
            }
            all.add(errors);
            check(errors.length > 0 && errors.length == all.getFirst().length, "its errors are uneven");
        }
        check(!all.isEmpty(), "it has no errors");
        return List.copyOf(all);
    }

    private Table table() throws IOException {
        List<String> names = texts();
        int rows = between("the number of rows", 0, Integer.MAX_VALUE);
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String column : names) {
            check(rows <= left(), "a table is longer than the file");
            byte kind = letter();
            long[] wholes = new long[kind == 'l' ? rows : 0];
            double[] numbers = new double[kind == 'd' ? rows : 0];
            String[] texts = new String[kind == 't' ? rows : 0];
            check(kind == 'l' || kind == 'd' || kind == 't', "a column of an unknown kind");
            long[] missing = new long[(rows + 63) >>> 6];
            for (int row = 0; row < rows; row++) {
                if (truth()) {
                    missing[row >>> 6] |= 1L << row;
                } else if (kind == 'l') {
                    wholes[row] = whole();
                } else if (kind == 'd') {
                    numbers[row] = number();
                } else {
                    texts[row] = text();
                }
            }
            columns.put(
                    column,
                    switch (kind) {
                        case 'l' -> LongColumn.of(wholes, missing, Unit.ONE);
                        case 'd' -> DoubleColumn.of(numbers, missing, Unit.ONE);
                        default -> TextColumn.of(texts);
                    });
        }
        check(columns.size() == names.size(), "a table has a column twice");
        return Table.of(columns);
    }

    private Provenance provenance() throws IOException {
        int count = count(3 * Integer.BYTES);
        check(count > 0, "it does not say how it came about");
        List<Provenance> steps = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            String step = text();
            int facts = count(Integer.BYTES + 1);
            Map<String, Object> known = new LinkedHashMap<>();
            for (int f = 0; f < facts; f++) {
                String fact = text();
                known.put(fact, fact());
            }
            int[] places = indexes(s);
            List<Provenance> sources = new ArrayList<>();
            for (int place : places) {
                sources.add(steps.get(place));
            }
            steps.add(new Provenance(step, known, sources));
        }
        return steps.getLast();
    }

    private Object fact() throws IOException {
        byte kind = letter();
        return switch (kind) {
            case 'n' -> null;
            case 'l' -> whole();
            case 'd' -> number();
            case 'b' -> truth();
            case 't' -> text();
            default -> throw damaged("a fact of an unknown kind");
        };
    }
}
