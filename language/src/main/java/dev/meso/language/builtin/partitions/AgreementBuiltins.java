package dev.meso.language.builtin.partitions;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.NeuronIds;
import dev.meso.runtime.partition.Agreement;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** {@code rand_index adjusted_rand_index mutual_information agreement}. */
final class AgreementBuiltins {
    private static final int MOST_BLOCKS = 4096;
    private static final String MATCHING =
            "Neurons are matched by id, or row by row where ids are not known. Neurons that are in a block of only one partition"
                    + " are left out, and a warning says how many.";

    private static final Builtin RAND = index(
            "rand_index",
            "How well two partitions agree: the share of pairs of neurons that are together in both or apart in both.",
            "1 for equal partitions; what chance gives depends on the sizes of the blocks. Rand 1971, J Am Stat Assoc 66:846. ",
            Agreement::rand);

    private static final Builtin ADJUSTED = index(
            "adjusted_rand_index",
            "How well two partitions agree, beyond chance: 1 for equal partitions, on average 0 for independent ones.",
            "Negative where they agree less than by chance. Hubert and Arabie 1985, J Classif 2:193. ",
            Agreement::adjustedRand);

    private static final Builtin MUTUAL = between("mutual_information")
            .about("What the block of a neuron in one partition says about its block in the other.")
            .detail(
                    "\"normalized\" divides by the arithmetic mean of the two entropies: 1 for equal partitions, 0 for independent"
                            + " ones, and above 0 by chance (Danon et al. 2005, J Stat Mech P09008). \"adjusted\" takes off what chance"
                            + " gives, (I - E) / (mean entropy - E), and is 0 on average for independent ones (Vinh et al. 2010, J Mach Learn"
                            + " Res 11:2837). \"raw\" is in nats. " + MATCHING)
            .optional("kind", Kind.TEXT, "\"normalized\", \"adjusted\" or \"raw\"; normalized where left out")
            .returns(Kind.NUMBER, "the mutual information")
            .runs(call -> {
                Agreement a = agreement(call);
                return switch (call.text("kind", "normalized")) {
                    case "normalized" -> a.normalizedMutualInformation();
                    case "adjusted" -> a.adjustedMutualInformation();
                    case "raw" -> a.mutualInformation();
                    default -> throw call.bad("kind", "must be \"normalized\", \"adjusted\" or \"raw\"");
                };
            });

    private static final Builtin AGREEMENT = between("agreement")
            .about(
                    "How many neurons each block of one partition shares with each block of another, and the best match.")
            .detail(
                    "`match` pairs blocks, each at most once, so that as many neurons as possible are in matched blocks (Kuhn 1955);"
                            + " `sum(agreement(p, q).shared)` is their number. " + MATCHING)
            .returns(
                    Kind.TABLE,
                    "a row for each block of p: block, neurons (those in both), match (a block of q, missing for none), shared (with"
                            + " it), then a column for each block of q")
            .runs(AgreementBuiltins::table);

    private AgreementBuiltins() {}

    static List<Builtin> all() {
        return List.of(RAND, ADJUSTED, MUTUAL, AGREEMENT);
    }

    private static Builtin.Builder between(String name) {
        return Builtin.named(name)
                .group(PartitionBuiltins.GROUP)
                .parameter("p", Kind.PARTITION, "a partition, or a column or list of labels")
                .parameter("q", Kind.PARTITION, "another");
    }

    private static Builtin index(String name, String about, String detail, ToDoubleFunction<Agreement> of) {
        return between(name)
                .about(about)
                .detail(detail + MATCHING)
                .returns(Kind.NUMBER, "at most 1")
                .runs(call -> of.applyAsDouble(agreement(call)));
    }

    /** The two partitions over the same neurons. */
    private record Pair(Partition p, Partition q, int leftOut) {}

    private static Pair pair(Call call) {
        PartitionValue p = PartitionBuiltins.partition(call, 0);
        PartitionValue q = PartitionBuiltins.partition(call, 1);
        NeuronIds ids = p.ids();
        if (ids == q.ids() || ids == null || q.ids() == null) {
            if (p.partition().n() != q.partition().n()) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "the partitions are of " + p.partition().n() + " and "
                                + q.partition().n() + " neurons, and " + (ids == q.ids() ? "neither" : "one")
                                + (ids == q.ids() ? " knows" : " does not know") + " their ids",
                        "neurons are matched by id where both partitions are made of graphs: partition(g, \"type\")");
            }
            return new Pair(p.partition(), q.partition(), 0);
        }
        Partition there = q.partition();
        Partition here = there.select(q.ids().find(ids.ids()));
        int elsewhere = there.n() - there.missing() - (here.n() - here.missing());
        return new Pair(p.partition(), here, elsewhere);
    }

    private static Agreement agreement(Call call) {
        Pair pair = pair(call);
        Agreement agreement = Agreement.of(pair.p(), pair.q());
        warn(call, agreement.leftOut() + pair.leftOut(), agreement.neurons());
        return agreement;
    }

    private static void warn(Call call, int leftOut, int compared) {
        if (leftOut > 0) {
            call.context()
                    .warn("warning: " + call.builtin().name() + ": " + leftOut
                            + (leftOut == 1 ? " neuron is" : " neurons are")
                            + " in a block of only one of the partitions and left out; " + compared
                            + (compared == 1 ? " is compared" : " are compared"));
        }
    }

    private static Object table(Call call) {
        Pair pair = pair(call);
        Partition p = pair.p();
        Partition q = pair.q();
        if (p.count() > MOST_BLOCKS || q.count() > MOST_BLOCKS) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "a table of " + p.count() + " by " + q.count() + " blocks is too large; at most " + MOST_BLOCKS
                            + " blocks have one",
                    "rand_index, adjusted_rand_index and mutual_information take any number");
        }
        Agreement agreement = Agreement.of(p, q);
        int leftOut = agreement.leftOut() + pair.leftOut();
        warn(call, leftOut, agreement.neurons());
        int[] match = agreement.matching();
        int[][] cells = agreement.table();
        int[] shared = new int[match.length];
        int matched = 0;
        for (int i = 0; i < match.length; i++) {
            shared[i] = match[i] < 0 ? 0 : cells[i][match[i]];
            matched += shared[i];
        }
        List<String> names = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        Column found = q.count() == 0 ? Column.of(new ArrayList<>()) : Column.of(q.labels());
        add(names, columns, q, "block", Column.of(p.labels()));
        add(names, columns, q, "neurons", LongColumn.of(agreement.rowSums()));
        add(names, columns, q, "match", found.selectOrMissing(match));
        add(names, columns, q, "shared", LongColumn.of(shared));
        for (int j = 0; j < q.count(); j++) {
            int[] column = new int[cells.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = cells[i][j];
            }
            names.add(q.names().get(j));
            columns.add(LongColumn.of(column));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("neurons compared", (long) agreement.neurons());
        facts.put("neurons left out", (long) leftOut);
        facts.put("in matched blocks", (long) matched);
        return new TableValue(Table.of(names, columns), Provenance.LITERAL.then("agreement", facts));
    }

    /** A column whose name gives way to that of a block. */
    private static void add(List<String> names, List<Column> columns, Partition q, String name, Column column) {
        String free = name;
        while (q.names().contains(free)) {
            free += "_";
        }
        names.add(free);
        columns.add(column);
    }
}
