package dev.meso.runtime.io;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.DoubleColumn;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import dev.meso.runtime.task.Monitor;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes connectomes, by the ending of the name. {@code graphml} holds everything (Brandes et al. 2002); {@code json} an object
 * with the rows of {@code neurons} and {@code synapses}; {@code csv}, {@code tsv}, {@code ndjson} and {@code parquet} hold
 * the table of synapses. Text formats also with {@code .gz}.
 */
public final class GraphWriter {
    private GraphWriter() {}

    /** {@link #write(Connectome, String, Storage, Monitor)} that nobody stops. */
    public static void write(Connectome graph, String name, Storage storage) {
        write(graph, name, storage, Monitor.NONE);
    }

    /** @throws MesoException as {@link TableWriter#write(Table, String, Storage, Monitor)} */
    public static void write(Connectome graph, String name, Storage storage, Monitor monitor) {
        switch (TableWriter.ending(name)) {
            case "graphml", "xml" -> TableWriter.text(name, storage, monitor, out -> graphml(graph, out));
            case "json" ->
                TableWriter.text(name, storage, monitor, out -> {
                    out.write("{\"neurons\": ");
                    TableWriter.jsonRows(graph.neurons(), out);
                    out.write(", \"synapses\": ");
                    TableWriter.jsonRows(graph.synapses(), out);
                    out.write("}\n");
                });
            case "csv", "tsv", "tab", "ndjson", "jsonl", "parquet", "pq" ->
                TableWriter.write(graph.synapses(), name, storage, monitor);
            default -> throw TableWriter.unknownEnding(name, "graphml, json, csv, tsv or parquet");
        }
    }

    private record Key(String id, Column column) {}

    private static void graphml(Connectome graph, Writer out) throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.write("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"");
        out.write(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        out.write(" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns");
        out.write(" http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
        Table synapses = graph.synapses();
        List<Key> nodeKeys = keys(graph.neurons(), "node", 0, out);
        // The first two columns are the ends.
        List<Key> edgeKeys = keys(synapses, "edge", 2, out);
        out.write("  <graph id=\"G\" edgedefault=\"directed\">\n");
        String[] nodes = nodeNames(graph.ids());
        for (int v = 0; v < nodes.length; v++) {
            out.write("    <node id=\"" + nodes[v] + "\"");
            data(nodeKeys, v, "node", out);
        }
        for (int e = 0; e < graph.m(); e++) {
            out.write("    <edge source=\"" + nodes[graph.pre()[e]] + "\" target=\"" + nodes[graph.post()[e]] + "\"");
            data(edgeKeys, e, "edge", out);
        }
        out.write("  </graph>\n</graphml>\n");
    }

    private static List<Key> keys(Table table, String what, int from, Writer out) throws IOException {
        List<Key> keys = new ArrayList<>();
        for (int c = from; c < table.columns().size(); c++) {
            Column column = table.column(c);
            String id = what.charAt(0) + "" + c;
            String type =
                    switch (column) {
                        case LongColumn l -> "long";
                        case DoubleColumn d -> "double";
                        case BooleanColumn b -> "boolean";
                        case TextColumn t -> "string";
                    };
            out.write("  <key id=\"" + id + "\" for=\"" + what + "\" attr.name=\""
                    + escape(table.names().get(c)) + "\" attr.type=\"" + type + "\"");
            if (column instanceof NumberColumn numbers && !numbers.unit().isOne()) {
                out.write("><desc>unit: " + escape(numbers.unit().symbol()) + "</desc></key>\n");
            } else {
                out.write("/>\n");
            }
            keys.add(new Key(id, column));
        }
        return keys;
    }

    private static void data(List<Key> keys, int row, String element, Writer out) throws IOException {
        boolean open = false;
        for (Key key : keys) {
            if (!key.column.missing(row)) {
                out.write(open ? "" : ">");
                open = true;
                out.write("<data key=\"" + key.id + "\">" + value(key.column, row) + "</data>");
            }
        }
        out.write(open ? "</" + element + ">\n" : "/>\n");
    }

    /** As XML Schema spells it: {@code INF}, {@code NaN}. */
    private static String value(Column column, int row) {
        return switch (column) {
            case LongColumn c -> Long.toString(c.get(row));
            case DoubleColumn c ->
                Double.isInfinite(c.get(row)) ? (c.get(row) > 0 ? "INF" : "-INF") : Double.toString(c.get(row));
            case BooleanColumn c -> Boolean.toString(c.get(row));
            case TextColumn c -> escape(c.get(row));
        };
    }

    /** The ids where all of them may be names of XML nodes, else n0, n1, …; the ids are data of the nodes either way. */
    private static String[] nodeNames(Column ids) {
        String[] names = new String[ids.size()];
        boolean usable = true;
        for (int v = 0; v < names.length; v++) {
            names[v] = ids.value(v).toString();
            usable &= isNameToken(names[v]);
        }
        for (int v = 0; v < names.length && !usable; v++) {
            names[v] = "n" + v;
        }
        return names;
    }

    private static boolean isNameToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '-'
                                || c == '_'
                                || c == '.'
                                || c == ':');
    }

    /** Characters that XML 1.0 cannot hold become U+FFFD. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                case '\r' -> escaped.append("&#13;");
                case '\t' -> escaped.append("&#9;");
                default ->
                    escaped.appendCodePoint(
                            c < ' ' || c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
            }
        });
        return escaped.toString();
    }
}
