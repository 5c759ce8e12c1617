package dev.meso.language.value;

import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.util.ArrayList;
import java.util.List;

/** A table as text: aligned columns, numbers to the right, the middle of a long table left out and counted. */
final class TableText {
    private static final int MOST_ROWS = 40;
    private static final int ENDS = 10;
    private static final int WIDEST_CELL = 40;
    private static final int WIDEST_LINE = 160;

    private TableText() {}

    static String of(Table table) {
        int columns = table.names().size();
        boolean elided = table.rows() > MOST_ROWS;
        int shown = elided ? 2 * ENDS : table.rows();
        List<String[]> cells = new ArrayList<>();
        int[] widths = new int[columns];
        int line = 0;
        int fitting = 0;
        for (int c = 0; c < columns; c++) {
            String[] column = column(table, c, shown, elided);
            for (String cell : column) {
                widths[c] = Math.max(widths[c], width(cell));
            }
            cells.add(column);
            line += widths[c] + 2;
            if (line <= WIDEST_LINE || c == 0) {
                fitting = c + 1;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r <= shown; r++) {
            if (elided && r == ENDS + 1) {
                text.append("… ").append(table.rows() - shown).append(" more rows …\n");
            }
            row(text, table, cells, widths, fitting, r);
        }
        return footer(text, table, fitting, elided);
    }

    private static String[] column(Table table, int c, int shown, boolean elided) {
        Column column = table.column(c);
        String[] cells = new String[shown + 1];
        cells[0] = TableValue.heading(table.names().get(c), column);
        for (int r = 0; r < shown; r++) {
            int row = elided && r >= ENDS ? table.rows() - shown + r : r;
            cells[r + 1] = cell(column.value(row));
        }
        return cells;
    }

    private static String cell(Object value) {
        if (value == null) {
            return "none";
        }
        String text = Display.text(value).replace('\n', ' ');
        return width(text) <= WIDEST_CELL ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST_CELL - 1)) + "…";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void row(StringBuilder text, Table table, List<String[]> cells, int[] widths, int fitting, int r) {
        int start = text.length();
        for (int c = 0; c < fitting; c++) {
            String cell = cells.get(c)[r];
            String padding = " ".repeat(widths[c] - width(cell));
            boolean right = table.column(c) instanceof NumberColumn;
            text.append(c == 0 ? "" : "  ").append(right ? padding + cell : cell + padding);
        }
        while (text.length() > start && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private static String footer(StringBuilder text, Table table, int fitting, boolean elided) {
        int left = table.names().size() - fitting;
        if (left > 0) {
            text.append("… and ").append(left).append(left == 1 ? " more column: " : " more columns: ");
            text.append(String.join(
                            ", ", table.names().subList(fitting, table.names().size())))
                    .append('\n');
        }
        if (elided) {
            text.append(table.rows()).append(" rows\n");
        } else if (table.rows() == 0) {
            text.append("no rows\n");
        }
        return text.substring(0, text.length() - 1);
    }
}
