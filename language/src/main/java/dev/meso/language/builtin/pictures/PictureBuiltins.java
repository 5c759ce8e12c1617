package dev.meso.language.builtin.pictures;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.GraphValue;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.PartitionValue;
import dev.meso.language.value.PlotValue;
import java.util.ArrayList;
import java.util.List;

/** {@code plot(…)} and {@code report(…)}. */
public final class PictureBuiltins {
    private static final String GROUP = "pictures";

    private static final Builtin PLOT = Builtin.named("plot")
            .group(GROUP)
            .about("The picture people expect of a value.")
            .detail(
                    "A comparison: violins of the null ensembles with the observed graph as dots, z-scores or, with scale: \"ratio\","
                            + " ratios to the expectation. A census: bars with the motifs drawn. A graph: the adjacency matrix, sorted by a"
                            + " column (by:), or the somata (view: \"space\"). A partition: the adjacency matrix of its graph sorted by block,"
                            + " or the matrix of blocks (view: \"blocks\"); of another graph, plot(g, by: p). A degree distribution: the share of neurons with at least k"
                            + " partners. A recording: neurons by time; a behaviour: a strip. A column or list: a histogram, or bars for words."
                            + " A table: one column (x:) as a distribution, two (x:, y:) as points, coloured by a third (by:). A plot that"
                            + " nothing is done with is written to plots/1-….svg beside the working folder's other files and its path is printed.")
            .parameter("value", Kind.ANY, "what is shown")
            .optional("file", Kind.TEXT, "where to write it: .svg, .png or .html")
            .optional("title", Kind.TEXT, "the heading")
            .optional("x", Kind.TEXT, "of a table: the column across; of a column: its name")
            .optional("y", Kind.TEXT, "of a table: the column up")
            .optional("by", Kind.ANY, "a column that sorts or colours; of a graph also a partition")
            .optional(
                    "view",
                    Kind.TEXT,
                    "of a graph: \"matrix\" or \"space\"; of a partition: \"matrix\" or \"blocks\"; of a fitted model: \"errors\", \"history\", \"space\" or \"networks\", else all")
            .optional("scale", Kind.TEXT, "of a comparison: \"z\", \"ratio\" or \"value\"")
            .returns(Kind.ANY, "a plot, which `save` writes and `report` takes")
            .runs(PictureBuiltins::plot);

    private static final Builtin REPORT = Builtin.named("report")
            .group(GROUP)
            .about("Writes one page, complete in itself, with pictures, tables, records and text.")
            .detail(
                    "Text is shown as paragraphs, and as a heading where it begins with #. A table is shown with its data to download, a"
                            + " comparison, graph or recording as its picture. The page ends with how its results came about: files with their"
                            + " hashes, filters with counts, seeds, samplers, versions. It needs no network.")
            .parameter("file", Kind.TEXT, "the name of an .html file")
            .parameter("items", Kind.ANY, "what to show: a list, or one thing")
            .optional("title", Kind.TEXT, "the heading of the page")
            .returns(Kind.NONE, "nothing")
            .runs(PictureBuiltins::report);

    private PictureBuiltins() {}

    public static List<Builtin> all() {
        return List.of(PLOT, REPORT);
    }

    private static Object plot(Call call) {
        PartitionValue blocks = call.argument("by") instanceof PartitionValue p ? p : null;
        if (blocks != null && !(call.argument(0) instanceof GraphValue)) {
            throw call.bad("by", "is a partition, which sorts a graph and nothing else");
        }
        Pictures.Options options = new Pictures.Options(
                option(call, "title"),
                option(call, "x"),
                option(call, "y"),
                blocks == null ? option(call, "by") : "",
                blocks,
                option(call, "view"),
                option(call, "scale"));
        PlotValue made = Pictures.of(call, 0, options);
        if (!call.given("file")) {
            return made;
        }
        String file = call.text("file");
        if (file.endsWith(".html")) {
            Pictures.page(call, 1, file, made.plot().title(), List.of(made));
        } else {
            Pictures.save(call, 1, made, file);
        }
        return new PlotValue(made.plot(), made.provenance(), file);
    }

    private static String option(Call call, String name) {
        return call.given(name) ? call.text(name) : "";
    }

    private static Object report(Call call) {
        List<Object> items = new ArrayList<>();
        if (call.argument(1) instanceof ListValue list) {
            for (int i = 0; i < list.length(); i++) {
                items.add(list.get(i));
            }
        } else {
            items.add(call.argument(1));
        }
        Pictures.page(call, 0, call.text(0), option(call, "title"), items);
        return NoneValue.NONE;
    }
}
