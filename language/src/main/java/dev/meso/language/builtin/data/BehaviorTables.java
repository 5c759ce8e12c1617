package dev.meso.language.builtin.data;

import dev.meso.language.value.RecordingValue;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.recording.Resampling;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several recordings of behaviour as one table, at equal steps where those are asked for. */
final class BehaviorTables {
    private BehaviorTables() {}

    /**
     * @param step in seconds, 0 to leave moments as they are
     * @param label the column that names the behaviour; empty for none
     * @throws dev.meso.runtime.error.MesoException WRONG_TYPE where one column holds words in one recording and numbers in another
     */
    static RecordingValue join(List<RecordingValue> parts, double step, String label) {
        Set<String> names = new LinkedHashSet<>();
        List<Table> tables = new ArrayList<>();
        RecordingValue first = parts.get(0);
        for (RecordingValue part : parts) {
            names.addAll(part.unplaced());
            List<String> columns = new ArrayList<>(List.of(part.time()));
            columns.addAll(part.unplaced());
            Table table = part.table().keep(columns);
            tables.add(step > 0 ? resample(table, part, step, label) : table);
        }
        int[] begins = new int[parts.size() + 1];
        List<Object> times = new ArrayList<>();
        for (int r = 0; r < parts.size(); r++) {
            Table table = tables.get(r);
            begins[r + 1] = begins[r] + table.rows();
            NumberColumn own = table.numbers(parts.get(r).time());
            for (int t = 0; t < table.rows(); t++) {
                times.add(convert(own.number(t), own.unit(), first.times().unit()));
            }
        }
        Map<String, Column> joined = new LinkedHashMap<>();
        joined.put(first.time(), united(Column.of(times), first.times().unit()));
        if (parts.size() > 1) {
            long[] number = new long[begins[parts.size()]];
            for (int r = 0; r < parts.size(); r++) {
                Arrays.fill(number, begins[r], begins[r + 1], r + 1L);
            }
            joined.put("recording", LongColumn.of(number));
        }
        for (String name : names) {
            joined.put(name, stacked(tables, name));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("recordings", (long) parts.size());
        if (step > 0) {
            facts.put("resampled every", step + " s");
        }
        facts.put("moments", (long) times.size());
        Provenance how = new Provenance(
                "join recordings",
                facts,
                parts.stream().map(RecordingValue::provenance).toList());
        return new RecordingValue(
                "behavior", Table.of(joined), first.time(), List.of(), List.copyOf(names), begins, how);
    }

    /** Times without a unit are seconds. */
    private static double convert(double time, Unit from, Unit to) {
        Unit seconds = Unit.ofName("s");
        Unit own = from.isOne() ? seconds : from;
        Unit wanted = to.isOne() ? seconds : to;
        return own.equals(wanted) ? time : own.convert(time, wanted);
    }

    private static Column united(Column column, Unit unit) {
        return column instanceof NumberColumn numbers ? numbers.withUnit(unit) : column;
    }

    /** The column of this name in all tables, one below the other; missing where a table lacks it. */
    private static Column stacked(List<Table> tables, String name) {
        List<Object> values = new ArrayList<>();
        Unit unit = Unit.ONE;
        for (Table table : tables) {
            Column column = table.has(name) ? table.column(name) : null;
            for (int t = 0; t < table.rows(); t++) {
                values.add(column == null ? null : column.value(t));
            }
            unit = column instanceof NumberColumn numbers && unit.isOne() ? numbers.unit() : unit;
        }
        return united(Column.of(values), unit);
    }

    private static Table resample(Table table, RecordingValue part, double step, String label) {
        Resampling moments = Resampling.of(part.clock(), step);
        int[] nearest = new int[moments.times().length];
        Arrays.setAll(nearest, moments::nearest);
        Table result = table.select(nearest);
        Unit unit = part.times().unit();
        double[] times = Arrays.stream(moments.times())
                .map(t -> convert(t, Unit.ONE, unit))
                .toArray();
        result = result.with(part.time(), DoubleColumn.of(times).withUnit(unit));
        for (String name : part.unplaced()) {
            if (!name.equals(label) && table.column(name) instanceof DoubleColumn numbers) {
                result = result.with(name, between(numbers, moments));
            }
        }
        return result;
    }

    private static DoubleColumn between(DoubleColumn column, Resampling moments) {
        double[] values = new double[moments.times().length];
        long[] missing = new long[(values.length + 63) >>> 6];
        for (int k = 0; k < values.length; k++) {
            int t = moments.before()[k];
            double share = moments.share()[k];
            if (column.missing(t) || share > 0 && column.missing(t + 1)) {
                missing[k >>> 6] |= 1L << k;
            } else {
                values[k] = share == 0 ? column.get(t) : (1 - share) * column.get(t) + share * column.get(t + 1);
            }
        }
        return DoubleColumn.of(values, missing, column.unit());
    }
}
