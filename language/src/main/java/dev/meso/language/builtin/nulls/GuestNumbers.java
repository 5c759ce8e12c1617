package dev.meso.language.builtin.nulls;

import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Display;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers in what a function of the program gives: a number, a record of numbers, or a table with a column {@code count}, whose
 * rows are then called by their other columns.
 */
public final class GuestNumbers {
    private final String name;
    private final List<String> labels;

    /** @param first what the function gives first; all others must have the same fields */
    public GuestNumbers(String name, Object first) {
        this.name = name;
        RecordValue record = record(first);
        if (record != null && record.ownMembers().length == 0) {
            throw new MesoException(ErrorCode.WRONG_VALUE, "the statistic '" + name + "' gives an empty record");
        }
        this.labels = record == null ? List.of(name) : List.of(record.ownMembers());
    }

    public List<String> labels() {
        return labels;
    }

    private static RecordValue record(Object value) {
        if (value instanceof TableValue t && t.table().finds("count")) {
            return counts(t.table());
        }
        return value instanceof RecordValue r ? r : Foreign.is(value) ? Foreign.record(value) : null;
    }

    /** The counts of a table under the texts of its other columns: {@code bi ACH GABA}. */
    private static RecordValue counts(Table table) {
        Map<String, Object> counts = new LinkedHashMap<>();
        int place = table.place("count");
        for (int row = 0; row < table.rows(); row++) {
            StringBuilder label = new StringBuilder();
            for (int c = 0; c < table.names().size(); c++) {
                if (c != place) {
                    Object value = ColumnValue.value(table.column(c), row);
                    label.append(label.isEmpty() ? "" : " ").append(Display.text(value));
                }
            }
            if (counts.put(label.toString(), ColumnValue.value(table.column(place), row)) != null) {
                throw new MesoException(
                        ErrorCode.WRONG_VALUE,
                        "two rows of the table that a statistic gives are called '" + label + "'");
            }
        }
        return RecordValue.of(counts);
    }

    /** @throws MesoException WRONG_TYPE where it is none of these, or has other fields */
    public double[] of(Object value) {
        RecordValue record = record(value);
        if (record == null && labels.size() == 1 && labels.get(0).equals(name)) {
            return new double[] {number(name, value)};
        }
        if (record == null || !labels.equals(List.of(record.ownMembers()))) {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "the statistic '" + name + "' must give the same fields every time: " + String.join(", ", labels));
        }
        double[] numbers = new double[labels.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = number(labels.get(k), record.get(labels.get(k)));
        }
        return numbers;
    }

    private static double number(String label, Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "the statistic '" + label + "' must be a number, not " + Values.describe(value),
                "a statistic gives a number, a record of numbers or a table with a column count");
    }
}
