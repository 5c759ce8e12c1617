package dev.meso.language.builtin.pictures;

import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Display;
import dev.meso.language.value.FittedModelValue;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.PlotValue;
import dev.meso.language.value.ProvenanceValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RecordingValue;
import dev.meso.language.value.RowValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.plot.Plots;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays out values as a page: each as people expect to see it, and at the end how they came about. */
final class Report {
    private final Page page;
    private final List<Provenance> steps = new ArrayList<>();

    Report(String title) {
        page = new Page(title.isEmpty() ? "Results" : title);
    }

    /** The page as HTML. */
    String page(List<Object> items) {
        for (Object item : items) {
            add(item);
            if (item instanceof MesoValue value && value.provenance() instanceof Provenance how) {
                for (Provenance step : how.steps()) {
                    // A record compares by content: two results of one file share its line.
                    if (steps.stream().noneMatch(s -> s == step || same(s, step))) {
                        steps.add(step);
                    }
                }
            }
        }
        provenance();
        return page.html();
    }

    private static boolean same(Provenance a, Provenance b) {
        return a.step().equals(b.step()) && a.facts().equals(b.facts());
    }

    private void add(Object item) {
        switch (item) {
            case String text -> page.text(text);
            case PlotValue plot -> page.picture(plot.plot());
            case TableValue table -> table(table);
            case GraphValue graph -> {
                page.text(graph.text());
                page.picture(Pictures.plot(graph, Pictures.Options.NONE).orElseThrow());
            }
            case RecordingValue recording -> {
                page.text(recording.text());
                page.picture(Pictures.plot(recording, Pictures.Options.NONE).orElseThrow());
            }
            case FittedModelValue fit -> {
                page.text(fit.text());
                page.picture(Pictures.plot(fit, Pictures.Options.NONE).orElseThrow());
            }
            case PartitionValue partition -> {
                page.text(partition.text());
                if (partition.graph() != null) {
                    page.picture(Pictures.plot(partition, Pictures.Options.NONE).orElseThrow());
                }
            }
            case ColumnValue column ->
                page.picture(Pictures.plot(column, Pictures.Options.NONE).orElseThrow());
            case RecordValue record -> record(record);
            case RowValue row -> record(row.record());
            default -> page.code(Display.text(item));
        }
    }

    private void table(TableValue value) {
        if (Plots.isComparison(value.table()) || Plots.isCensus(value.table())) {
            page.picture(Pictures.plot(value, Pictures.Options.NONE).orElseThrow());
        }
        page.table(value.table(), cell -> cell == null ? "none" : Display.text(cell));
    }

    private void record(RecordValue record) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String name : record.ownMembers()) {
            names.add(name);
            values.add(Display.text(record.get(name)));
        }
        page.record(names, values);
    }

    private void provenance() {
        if (!steps.isEmpty()) {
            page.text("# How these results came about");
        }
        List<String> lines = new ArrayList<>();
        for (Provenance step : steps) {
            StringBuilder line = new StringBuilder(step.step());
            String separator = ": ";
            for (Map.Entry<String, Object> fact : step.facts().entrySet()) {
                Object fv = fact.getValue();
                line.append(separator).append(fact.getKey()).append(' ');
                line.append(fv == null ? "none" : fv instanceof String s ? s : Display.shortText(fv));
                separator = ", ";
            }
            lines.add(line.toString());
        }
        page.steps(lines, "Made with " + ProvenanceValue.software() + ".");
    }
}
