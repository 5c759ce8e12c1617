package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.nulls.Graphs;
import dev.meso.runtime.nulls.Certificate;
import dev.meso.runtime.nulls.Ensemble;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.stats.Censuses;
import dev.meso.runtime.stats.Comparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples of a null model: a list of graphs, each drawn when it is asked for. */
public final class EnsembleValue extends MesoValue {
    private final Graphs graphs;
    private final Ensemble ensemble;
    private Certificate certified;

    public EnsembleValue(Graphs graphs, Ensemble ensemble) {
        this.graphs = graphs;
        this.ensemble = ensemble;
    }

    @Override
    public long size() {
        return ensemble.size();
    }

    @Override
    @TruffleBoundary
    public Object element(long index) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", ensemble.seed());
        facts.put("index", index);
        Provenance how = graphs.connectome().provenance().then("sample " + ensemble.name(), facts);
        return graphs.graph(
                ensemble.get(Math.toIntExact(index), MesoContext.get(null).monitor()), how);
    }

    @Override
    public Provenance provenance() {
        return graphs.connectome()
                .provenance()
                .then("sample " + ensemble.name(), facts(certificate(), ensemble.size()));
    }

    private Certificate certificate() {
        return ensemble.certificate(MesoContext.get(null).monitor());
    }

    /** No statistic was asked for here, so the triads stand for it; made once, for it walks along the chain. */
    private Certificate certified() {
        if (certified == null) {
            certified = Comparison.certify(
                    ensemble, List.of(Censuses.TRIADS), MesoContext.get(null).parallel());
        }
        return certified;
    }

    /** A certificate as facts of a provenance and fields of a record, in order. */
    public static Map<String, Object> facts(Certificate c, long samples) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", c.model());
        facts.put("preserves", String.join(", ", c.preserves()));
        facts.put("space", c.space());
        facts.put("samples", samples);
        facts.put("seed", c.seed());
        if (c.chained()) {
            facts.put("steps_per_edge", c.stepsPerEdge());
            facts.put("acceptance", c.acceptance());
            if (!Double.isNaN(c.lambda())) {
                facts.put("penalty", c.lambda());
                facts.put("time_in_space", c.inSpace());
            }
        }
        if (c.mixing() != null) {
            facts.put("slowest_statistic", c.mixing().statistic());
            facts.put("autocorrelation_time", c.mixing().time());
            facts.put("autocorrelation", c.mixing().correlation());
            facts.put("effective_samples", c.mixing().effective());
        }
        facts.put("merged", c.merged());
        facts.put("autapses_dropped", c.dropped());
        List<String> warnings = c.warnings();
        if (!warnings.isEmpty()) {
            facts.put("warning", String.join("; ", warnings));
        }
        return facts;
    }

    @Override
    public Members members() {
        return Holder.MEMBERS;
    }

    private static final class Holder {
        static final Members MEMBERS = Members.of(EnsembleValue.class)
                .property(
                        "certificate",
                        Kind.RECORD,
                        "the space sampled, how, and how well: the autocorrelation is that of the slowest triad",
                        e -> RecordValue.of(facts(e.certified(), e.size())))
                .property("seed", Kind.INTEGER, "the seed of its samples", e -> e.ensemble.seed())
                .end();
    }

    @Override
    public String kind() {
        return "ensemble";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return "ensemble of " + ensemble.size() + (ensemble.size() == 1 ? " sample" : " samples") + " of "
                + ensemble.name() + ", " + ensemble.observed() + ", seed " + ensemble.seed();
    }
}
