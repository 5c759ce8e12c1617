package dev.meso.runtime.io;

import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.unit.Unit;

/** Units that a file states beside a column. */
final class Units {
    private Units() {}

    /** The column in the unit of that name; unchanged where it holds no numbers or the name is another program's word. */
    static Column of(Column column, String unit) {
        if (unit == null || !(column instanceof NumberColumn numbers)) {
            return column;
        }
        try {
            return numbers.withUnit(Unit.parse(unit));
        } catch (MesoException e) {
            return column;
        }
    }
}
