package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.stats.Comparison;
import dev.meso.runtime.table.BooleanColumn;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.table.Table;
import java.util.List;

/** A table: its columns are members, its rows are elements. Methods are declared by {@link TableMembers}. */
public final class TableValue extends MesoValue {
    private final Table table;
    private final Object provenance;
    private final Comparison.Draws draws;
    private final Connectome graph;
    private final List<String> notes;

    public TableValue(Table table) {
        this(table, null);
    }

    /** @param provenance how it came about, or null */
    public TableValue(Table table, Object provenance) {
        this(table, provenance, Comparison.Draws.NONE);
    }

    /** @param draws samples of the null models that the rows compare with, for pictures */
    public TableValue(Table table, Object provenance, Comparison.Draws draws) {
        this(table, provenance, draws, null, List.of());
    }

    /** @param notes lines that are printed below the table; tables made from this one do not have them */
    public TableValue(Table table, Object provenance, List<String> notes) {
        this(table, provenance, Comparison.Draws.NONE, null, notes);
    }

    private TableValue(Table table, Object provenance, Comparison.Draws draws, Connectome graph, List<String> notes) {
        this.table = table;
        this.provenance = provenance;
        this.draws = draws;
        this.graph = graph;
        this.notes = List.copyOf(notes);
    }

    /** The neurons of a graph, one a row. Columns taken from it remember whose they are. */
    static TableValue ofNeurons(Connectome graph) {
        return new TableValue(graph.neurons(), graph.provenance(), Comparison.Draws.NONE, graph, List.of());
    }

    public Comparison.Draws draws() {
        return draws;
    }

    /** A table made from this one, whose rows still mean the same. */
    TableValue made(Table other) {
        return new TableValue(other, provenance, draws);
    }

    /** A table with the same rows in the same order and other columns. */
    TableValue withColumns(Table other) {
        return new TableValue(other, provenance, draws, graph, List.of());
    }

    public Table table() {
        return table;
    }

    @Override
    public Object provenance() {
        return provenance;
    }

    /** @throws MesoException UNKNOWN_COLUMN, with the columns there are */
    @TruffleBoundary
    public ColumnValue column(String name) {
        return new ColumnValue(table.column(name), graph);
    }

    TableValue filter(ColumnValue keep) {
        if (keep.column() instanceof BooleanColumn booleans) {
            return made(table.filter(booleans));
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "rows are chosen by a column of true and false, not of "
                        + keep.column().type());
    }

    TableValue rows(MesoValue indexes) {
        int[] rows = new int[Operators.length(indexes.size(), indexes.kind())];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Operators.position(indexes.element(i), table.rows(), "table");
        }
        return made(table.select(rows));
    }

    TableValue slice(int from, int to) {
        return made(table.slice(from, to));
    }

    @Override
    public long size() {
        return table.rows();
    }

    @Override
    public Object element(long index) {
        return new RowValue(table, (int) index);
    }

    @Override
    @TruffleBoundary
    public Object ownMember(String name) {
        return table.finds(name) ? column(name) : null;
    }

    @Override
    @TruffleBoundary
    public String[] ownMembers() {
        return table.names().toArray(new String[0]);
    }

    @Override
    public Members members() {
        return TableMembers.MEMBERS;
    }

    @Override
    @TruffleBoundary
    public MesoException noMember(String name) {
        return noColumn(table, name);
    }

    static MesoException noColumn(Table table, String name) {
        try {
            table.column(name);
        } catch (MesoException e) {
            return e;
        }
        throw new IllegalArgumentException(name);
    }

    @Override
    public String kind() {
        return "table";
    }

    @Override
    public String shortText() {
        return "table of " + table.rows() + " rows";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return notes.isEmpty() ? TableText.of(table) : TableText.of(table) + "\n" + String.join("\n", notes);
    }

    @Override
    @TruffleBoundary
    public boolean equals(Object other) {
        if (!(other instanceof TableValue t)
                || table.rows() != t.table.rows()
                || !table.names().equals(t.table.names())) {
            return false;
        }
        for (int c = 0; c < table.names().size(); c++) {
            if (!new ColumnValue(table.column(c)).equals(new ColumnValue(t.table.column(c)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    @TruffleBoundary
    public int hashCode() {
        return 31 * table.rows() + table.names().hashCode();
    }

    static String heading(String name, Column column) {
        return column instanceof NumberColumn numbers && !numbers.unit().isOne()
                ? name + " [" + numbers.unit().symbol() + "]"
                : name;
    }
}
