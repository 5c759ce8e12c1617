package dev.meso.runtime.report;

import dev.meso.runtime.io.TableWriter;
import dev.meso.runtime.plot.Plot;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One HTML page that needs nothing else: no script, no network; pictures are SVG, tables carry their data. It follows the
 * reader's choice of light or dark and prints in black on white.
 */
public final class Page {
    /** Longer tables show their two ends. */
    private static final int MOST_ROWS = 60;

    private static final int ENDS = 15;
    /** Larger tables are not put into the page as a file to download. */
    private static final int MOST_CSV = 1 << 20;

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ink: #1f2328; --muted: #66707b; --grid: #e3e6ea; --paper: #ffffff; --shade: #f5f6f8; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e4e7eb; --muted: #9aa4af; --grid: #363c44; --paper: #16191d; --shade: #1f2429; }
            }
            @media print {
              :root { color-scheme: light; --ink: #000; --muted: #555; --grid: #ddd; --paper: #fff; --shade: #fff; }
              a.data { display: none; } figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
            }
            body { margin: 2rem auto; max-width: 60rem; padding: 0 1.2rem; background: var(--paper); color: var(--ink);
              font: 16px/1.5 system-ui, "Helvetica Neue", Helvetica, Arial, sans-serif; }
            h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1.2rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
            p { max-width: 44rem; } figure { margin: 1.4rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
            .table { overflow-x: auto; margin: 1.2rem 0 .2rem; } table { border-collapse: collapse; font-size: .86rem;
              font-variant-numeric: tabular-nums; } th, td { padding: .22rem .7rem; text-align: left; white-space: nowrap; }
            th { border-bottom: 1.5px solid var(--muted); } td { border-bottom: 1px solid var(--grid); }
            .number { text-align: right; } .left-out { text-align: center; color: var(--muted); }
            a.data { font-size: .8rem; color: var(--muted); } pre { background: var(--shade); padding: .7rem 1rem; overflow-x: auto;
              font-size: .84rem; } ol.steps { font-size: .84rem; padding-left: 1.6rem; overflow-wrap: anywhere; }
            footer { margin-top: 2rem; font-size: .8rem; color: var(--muted); }
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;
    private int tables;

    public Page(String title) {
        this.title = title;
    }

    /** Paragraphs, parted by empty lines; a line that begins with {@code #} is a heading. */
    public void text(String text) {
        for (String part : text.strip().split("\\n\\s*\\n")) {
            String paragraph = part.strip();
            if (paragraph.startsWith("#")) {
                int end = paragraph.indexOf('\n');
                String heading = end < 0 ? paragraph : paragraph.substring(0, end);
                body.append("<h2>")
                        .append(escape(heading.replaceFirst("^#+\\s*", "")))
                        .append("</h2>\n");
                paragraph = end < 0 ? "" : paragraph.substring(end).strip();
            }
            if (!paragraph.isEmpty()) {
                body.append("<p>")
                        .append(escape(paragraph).replace("\n", "<br />\n"))
                        .append("</p>\n");
            }
        }
    }

    /** Text as it stands, in a font of fixed width. */
    public void code(String text) {
        body.append("<pre>").append(escape(text)).append("</pre>\n");
    }

    public void picture(Plot plot) {
        body.append("<figure>\n").append(plot.svgInPage()).append("</figure>\n");
    }

    /** Names and their values. */
    public void record(List<String> names, List<String> values) {
        body.append("<div class=\"table\"><table><tbody>\n");
        for (int i = 0; i < names.size(); i++) {
            body.append("<tr><td>").append(escape(names.get(i))).append("</td><td>");
            body.append(escape(values.get(i))).append("</td></tr>\n");
        }
        body.append("</tbody></table></div>\n");
    }

    /**
     * A table, long ones without their middle; all of it as a CSV file to download where that is not too large.
     *
     * @param shown a value as text; of null where it is missing
     */
    public void table(Table table, Function<Object, String> shown) {
        tables++;
        body.append("<div class=\"table\"><table>\n<thead><tr>");
        for (int c = 0; c < table.names().size(); c++) {
            Column column = table.column(c);
            boolean number = column instanceof NumberColumn;
            String unit = number && !((NumberColumn) column).unit().isOne()
                    ? " [" + ((NumberColumn) column).unit().symbol() + "]"
                    : "";
            body.append(number ? "<th class=\"number\">" : "<th>");
            body.append(escape(table.names().get(c) + unit)).append("</th>");
        }
        body.append("</tr></thead>\n<tbody>\n");
        boolean elided = table.rows() > MOST_ROWS;
        for (int r = 0; r < table.rows(); r++) {
            if (elided && r == ENDS) {
                body.append("<tr><td class=\"left-out\" colspan=\"")
                        .append(table.names().size())
                        .append("\">… ");
                body.append(table.rows() - 2 * ENDS).append(" more rows …</td></tr>\n");
                r = table.rows() - ENDS;
            }
            body.append("<tr>");
            for (Column column : table.columns()) {
                body.append(column instanceof NumberColumn ? "<td class=\"number\">" : "<td>");
                body.append(escape(shown.apply(column.value(r)))).append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        download(table);
    }

    private void download(Table table) {
        // A guess first: the text of a large table is not made only to be thrown away.
        if ((long) table.rows() * table.names().size() > MOST_CSV / 2) {
            return;
        }
        byte[] csv = TableWriter.csv(table).getBytes(StandardCharsets.UTF_8);
        if (csv.length <= MOST_CSV) {
            body.append("<a class=\"data\" download=\"table-")
                    .append(tables)
                    .append(".csv\" href=\"data:text/csv;charset=utf-8;base64,");
            body.append(Base64.getEncoder().encodeToString(csv)).append("\">");
            body.append(table.rows()).append(" rows as CSV, all digits</a>\n");
        }
    }

    /** How the results came about, and the versions at the foot. */
    public void steps(List<String> steps, String foot) {
        if (!steps.isEmpty()) {
            body.append("<ol class=\"steps\">\n");
            steps.forEach(s -> body.append("<li>").append(escape(s)).append("</li>\n"));
            body.append("</ol>\n");
        }
        body.append("<footer>").append(escape(foot)).append("</footer>\n");
    }

    /** The whole page. */
    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>" + escape(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>" + escape(title) + "</h1>\n" + body
                + "</body>\n</html>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
