package dev.meso.language.builtin.network;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.Suggest;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The built-ins of network statistics, and what they share. */
public final class NetworkBuiltins {
    static final String GROUP = "networks";
    static final String GRAPH = "the graph; parallel connections count once, autapses not";

    private NetworkBuiltins() {}

    public static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.addAll(PathBuiltins.all());
        all.addAll(ClusteringBuiltins.all());
        all.addAll(DistanceBuiltins.all());
        all.addAll(AgainstBuiltins.all());
        all.addAll(DegreeBuiltins.all());
        all.addAll(PercolationBuiltins.all());
        all.addAll(SpectrumBuiltins.all());
        return all;
    }

    static Connectome graph(Call call) {
        return call.value(0, GraphValue.class, "a graph").connectome();
    }

    /** One of these words, the first where the argument is left out. */
    static String choice(Call call, String parameter, List<String> words) {
        String wanted = call.text(parameter, words.get(0));
        if (words.contains(wanted)) {
            return wanted;
        }
        String near = Suggest.didYouMean(wanted, words);
        String all = '"' + String.join("\", \"", words.subList(0, words.size() - 1)) + "\" or \""
                + words.get(words.size() - 1) + '"';
        String problem = "must be " + all + ", not \"" + wanted + '"';
        throw near.isEmpty() ? call.bad(parameter, problem) : call.bad(parameter, problem, near);
    }

    /** A number of the language: none for NaN, which stands for a number that a graph does not have. */
    static Object orNone(double number) {
        return Double.isNaN(number) ? NoneValue.NONE : (Object) number;
    }

    /** A column in which NaN is missing. */
    static DoubleColumn orMissing(double[] numbers) {
        long[] missing = new long[(numbers.length + 63) / 64];
        for (int i = 0; i < numbers.length; i++) {
            missing[i >> 6] |= Double.isNaN(numbers[i]) ? 1L << i : 0;
        }
        return DoubleColumn.of(numbers, missing, Unit.ONE);
    }

    /** A table that says how it was made. */
    static TableValue made(Call call, Table table, Map<String, Object> facts) {
        Connectome graph = graph(call);
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("parallel connections merged", (long) graph.merged());
        all.put("autapses ignored", (long) graph.autapses());
        return new TableValue(table, graph.provenance().then(call.builtin().name(), all));
    }
}
