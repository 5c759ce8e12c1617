package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtins;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.DeclaredValue;
import dev.meso.language.value.Display;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.Members;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.MotifValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.NullModelValue;
import dev.meso.language.value.OtherDeclarationValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.table.Aggregates;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code help}, {@code members} and {@code describe} say. */
final class Help {
    private Help() {}

    /** All built-ins by group. */
    static String contents() {
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Builtin builtin : Builtins.all()) {
            StringBuilder names = groups.computeIfAbsent(builtin.group(), g -> new StringBuilder());
            names.append(names.isEmpty() ? "" : " ").append(builtin.name());
        }
        StringBuilder text = new StringBuilder();
        groups.forEach(
                (group, names) -> text.append(group).append(": ").append(names).append('\n'));
        return text.append("help(name) tells more").toString();
    }

    static String about(Object value) {
        return switch (value) {
            case BuiltinValue builtin -> builtin(builtin.builtin());
            case FunctionValue function ->
                documented(function.text(), function.code().doc());
            case NullModelValue model ->
                documented(model.text(), model.declaration().doc());
            case MotifValue motif ->
                documented(motif.text(), motif.declaration().doc());
            case OtherDeclarationValue other ->
                documented(other.text(), other.declaration().doc());
            case DeclaredValue declared ->
                documented(declared.text(), declared.declaration().doc());
            default -> value(value);
        };
    }

    private static String documented(String heading, String doc) {
        return doc == null ? heading : heading + "\n" + doc.strip();
    }

    private static String builtin(Builtin builtin) {
        if (builtin.constant()) {
            return builtin.name() + "\n" + builtin.about();
        }
        StringBuilder text = new StringBuilder(builtin.signature()).append('\n').append(builtin.about());
        if (!builtin.detail().isEmpty()) {
            text.append('\n').append(builtin.detail());
        }
        int width = 0;
        for (Builtin.Parameter p : builtin.parameters()) {
            width = Math.max(width, p.name().length());
        }
        for (Builtin.Parameter p : builtin.parameters()) {
            text.append("\n  ")
                    .append(p.name())
                    .append(" ".repeat(width - p.name().length() + 2));
            text.append(p.about()).append(p.required() || p.rest() ? "" : " (optional)");
        }
        if (!builtin.resultAbout().isEmpty()) {
            text.append("\n  gives ").append(builtin.resultAbout());
        }
        return text.toString();
    }

    private static String value(Object value) {
        StringBuilder text = new StringBuilder(Values.describe(value));
        if (value instanceof MesoValue meso) {
            for (Members.Member member : meso.members().all()) {
                text.append("\n  .").append(member.builtin().name()).append(member.property() ? "" : "()");
                text.append("  ").append(member.builtin().about());
            }
        }
        return text.toString();
    }

    static TableValue members(Object value) {
        List<String> names = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<String> abouts = new ArrayList<>();
        if (value instanceof MesoValue meso) {
            for (String own : meso.ownMembers()) {
                names.add(own);
                kinds.add(Values.kind(meso.ownMember(own)));
                abouts.add("");
            }
            for (Members.Member member : meso.members().all()) {
                names.add(member.builtin().name());
                kinds.add(member.property() ? "property" : "method");
                abouts.add(member.builtin().about());
            }
        }
        return new TableValue(
                Table.of(List.of("name", "kind", "about"), List.of(texts(names), texts(kinds), texts(abouts))));
    }

    private static Column texts(List<String> texts) {
        return TextColumn.of(texts.toArray(new String[0]));
    }

    static Object describe(Object value) {
        if (value instanceof TableValue table) {
            return table(table.table());
        }
        if (value instanceof PartitionValue partition) {
            return blocks(partition.partition());
        }
        if (value instanceof ColumnValue column) {
            return column(column.column());
        }
        if (value instanceof ListValue list) {
            RecordValue basics = RecordValue.of("kind", "list", "length", (long) list.length());
            ColumnValue column = list.length() == 0 ? null : numbers(list);
            return column == null ? basics : column(column.column());
        }
        return RecordValue.of("kind", Values.kind(value), "value", Display.text(value));
    }

    /** One row for each block. */
    private static TableValue blocks(Partition p) {
        double[] shares = new double[p.count()];
        for (int b = 0; b < shares.length; b++) {
            shares[b] = p.sizes()[b] / (double) p.n();
        }
        return new TableValue(Table.of(
                List.of("block", "neurons", "share"),
                List.of(Column.of(p.labels()), LongColumn.of(p.sizes()), DoubleColumn.of(shares))));
    }

    private static ColumnValue numbers(ListValue list) {
        for (Object item : list.toArray()) {
            if (!(item instanceof Long || item instanceof Double || item instanceof QuantityValue)) {
                return null;
            }
        }
        return ColumnValue.of(list);
    }

    private static RecordValue column(Column column) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("type", column.type());
        facts.put("rows", (long) column.size());
        facts.put("missing", (long) column.missingCount());
        if (column instanceof NumberColumn numbers && column.size() > column.missingCount()) {
            facts.put("mean", orNone(Aggregates.mean(numbers)));
            facts.put("sd", orNone(Aggregates.sd(numbers)));
            facts.put("min", orNone(Aggregates.min(numbers)));
            facts.put("median", orNone(Aggregates.median(numbers)));
            facts.put("max", orNone(Aggregates.max(numbers)));
        }
        return RecordValue.of(facts);
    }

    private static Object orNone(Object value) {
        return value == null ? NoneValue.NONE : value;
    }

    private static TableValue table(Table table) {
        String[] facts = {"type", "missing", "mean", "sd", "min", "median", "max"};
        List<String> names = new ArrayList<>(List.of("column"));
        names.addAll(List.of(facts));
        List<List<Object>> columns = new ArrayList<>();
        names.forEach(n -> columns.add(new ArrayList<>()));
        for (int c = 0; c < table.names().size(); c++) {
            RecordValue column = column(table.column(c));
            columns.get(0).add(table.names().get(c));
            for (int f = 0; f < facts.length; f++) {
                Object fact = column.get(facts[f]);
                boolean plain = fact == null || fact == NoneValue.NONE;
                columns.get(f + 1).add(plain ? null : f < 2 ? fact : ((Number) fact).doubleValue());
            }
        }
        List<Column> made = new ArrayList<>();
        for (List<Object> column : columns) {
            made.add(Column.of(column));
        }
        return new TableValue(Table.of(names, made));
    }
}
