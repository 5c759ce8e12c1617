package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.NodeChild;
import com.oracle.truffle.api.dsl.NodeField;
import com.oracle.truffle.api.dsl.Specialization;
import dev.meso.language.ast.Span;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.RecordShape;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.RowValue;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.Table;

/** {@code target.name}. */
@NodeChild("target")
@NodeField(name = "name", type = String.class)
@NodeField(name = "nameSpan", type = Span.class)
abstract class MemberNode extends MesoNode {
    abstract String getName();

    abstract Span getNameSpan();

    @Specialization(
            guards = {"target.shape() == shape", "index >= 0"},
            limit = "3")
    Object doRecord(
            RecordValue target,
            @Cached("target.shape()") @SuppressWarnings("unused") RecordShape shape,
            @Cached("shape.indexOf(getName())") int index) {
        return target.value(index);
    }

    @Specialization(
            guards = {"target.table() == table", "place >= 0"},
            limit = "1")
    Object doRow(
            RowValue target,
            @Cached("target.table()") @SuppressWarnings("unused") Table table,
            @Cached("placeOf(table)") int place,
            @Cached("columnOf(table, place)") Column column) {
        return value(column, target.row());
    }

    int placeOf(Table table) {
        return table.has(getName()) ? table.place(getName()) : -1;
    }

    static Column columnOf(Table table, int place) {
        return place < 0 ? null : table.column(place);
    }

    @TruffleBoundary
    private static Object value(Column column, int row) {
        return ColumnValue.value(column, row);
    }

    @Specialization(replaces = {"doRecord", "doRow"})
    @TruffleBoundary
    Object doValue(MesoValue target) {
        Object value;
        try {
            value = target.member(getName());
        } catch (Throwable e) {
            throw Mistakes.ofCall(this, span(), e);
        }
        if (value == null) {
            throw Mistakes.at(this, getNameSpan(), target.noMember(getName()));
        }
        return value;
    }

    @Fallback
    @TruffleBoundary
    Object doOther(Object target) {
        Object value = Foreign.is(target) ? Foreign.member(target, getName()) : null;
        if (value == null) {
            throw Mistakes.at(this, getNameSpan(), Operators.noMember(target, getName()));
        }
        return value;
    }
}
