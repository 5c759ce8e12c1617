package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.TableValue;
import dev.meso.runtime.table.Aggregates;
import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.NumberColumn;
import dev.meso.runtime.unit.Unit;
import java.util.List;
import java.util.function.Function;

/**
 * Sums, means and quantiles of lists and columns. Missing values are left out, NaN is an error, and of no values at all
 * the result is none (the sum 0). Given a column's name they become a function of a table, for {@code t.group}.
 */
public final class StatisticsBuiltins {
    private static final String GROUP = "statistics";

    private StatisticsBuiltins() {}

    public static List<Builtin> all() {
        return List.of(
                numbers("sum", "The sum.", Aggregates::sum, 1),
                numbers("mean", "The arithmetic mean.", Aggregates::mean, 1),
                numbers("median", "The median: half of the values lie below.", Aggregates::median, 1),
                numbers("sd", "The standard deviation of a sample (n - 1).", Aggregates::sd, 1),
                numbers("variance", "The variance of a sample (n - 1).", StatisticsBuiltins::variance, 2),
                extreme("min", "The least value; of several arguments, the least of them.", -1),
                extreme("max", "The greatest value; of several arguments, the greatest of them.", 1),
                Builtin.named("quantile")
                        .group(GROUP)
                        .about("The value below which a share p of the values lies, interpolated between neighbours.")
                        .detail("Type 7 of Hyndman and Fan 1996, as in R, Julia and NumPy.")
                        .parameter("xs", Kind.ANY, "a list or column of numbers")
                        .parameter("p", Kind.NUMBER, "from 0 to 1")
                        .returns(Kind.ANY, "in the unit of the values; none of no values")
                        .runs(call -> {
                            double p = call.number(1);
                            return summary(call, numberColumn(call, 0), c -> Aggregates.quantile(c, p), 1);
                        }),
                Builtin.named("correlation")
                        .group(GROUP)
                        .about("Pearson's correlation of two lists or columns of numbers.")
                        .detail(
                                "Rows where either is missing are left out. For ranks and a p-value see rank_correlation in std.statistics.")
                        .parameter("xs", Kind.ANY, "a list or column of numbers")
                        .parameter("ys", Kind.ANY, "another of the same length")
                        .returns(Kind.NUMBER, "from -1 to 1; none where one of them does not vary")
                        .runs(StatisticsBuiltins::correlation));
    }

    private static Object correlation(Call call) {
        NumberColumn xs = numberColumn(call, 0);
        Double r = Aggregates.correlation(xs, numberColumn(call, 1));
        return r == null ? NoneValue.NONE : r;
    }

    private static Object variance(NumberColumn column) {
        Double sd = Aggregates.sd(column);
        return sd == null ? null : (Double) (sd * sd);
    }

    private static Builtin numbers(String name, String about, Function<NumberColumn, Object> f, int power) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("xs", Kind.ANY, "a list or column of numbers; or the name of a column, for `t.group`")
                .returns(Kind.ANY, "in the unit of the values")
                .runs(call -> call.argument(0) instanceof String column
                        ? ofColumn(call, column)
                        : summary(call, numberColumn(call, 0), f, power));
    }

    /** {@code mean("x")}: the function of a table that gives the mean of its column x. */
    private static Object ofColumn(Call call, String column) {
        Builtin self = call.builtin();
        return new BuiltinValue(Builtin.named(self.name())
                .group(GROUP)
                .about(self.about() + " Of the column " + column + " of a table.")
                .parameter("t", Kind.TABLE, "the table")
                .runs(inner -> self.body()
                        .run(new Call(self, new Object[] {inner.table(0).column(column), null}, inner.context()))));
    }

    private static NumberColumn numberColumn(Call call, int index) {
        ColumnValue column = call.column(index);
        if (column.column() instanceof NumberColumn numbers) {
            return numbers;
        }
        if (column.size() == column.column().missingCount()) {
            return LongColumn.of();
        }
        throw call.wrong(index, "numbers");
    }

    private static Object summary(Call call, NumberColumn column, Function<NumberColumn, Object> f, int power) {
        Object result = f.apply(column);
        Unit unit = column.unit().power(power);
        if (result == null) {
            return NoneValue.NONE;
        }
        return unit.isOne() ? Foreign.toMeso(result) : new QuantityValue(Operators.toDouble(result), unit);
    }

    private static Builtin extreme(String name, String about, int sign) {
        return Builtin.named(name)
                .group(GROUP)
                .about(about)
                .parameter("xs", Kind.ANY, "a list or column, the name of one, or the first of several values")
                .rest("more", Kind.ANY, "further values")
                .returns(Kind.ANY, "one of the values; none of no values")
                .runs(call -> extreme(call, sign));
    }

    private static Object extreme(Call call, int sign) {
        Object[] more = call.rest(1);
        if (more.length > 0) {
            Object best = call.argument(0);
            for (Object other : more) {
                best = Operators.order(other, best) * sign > 0 ? other : best;
            }
            return best;
        }
        Object xs = call.argument(0);
        if (xs instanceof String column) {
            return ofColumn(call, column);
        }
        if (Operators.isNumber(xs) || xs instanceof QuantityValue) {
            return xs;
        }
        if (xs instanceof TableValue) {
            throw call.wrong(0, "a list or column");
        }
        Column column = call.column(0).column();
        Object best = sign < 0 ? Aggregates.min(column) : Aggregates.max(column);
        Unit unit = call.column(0).unit();
        if (best == null) {
            return NoneValue.NONE;
        }
        return unit.isOne() ? best : new QuantityValue(Operators.toDouble(best), unit);
    }
}
