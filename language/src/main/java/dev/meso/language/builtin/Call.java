package dev.meso.language.builtin;

import com.oracle.truffle.api.interop.InteropLibrary;
import dev.meso.language.MesoContext;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.ColumnValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.ForeignFunction;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.Operators;
import dev.meso.language.value.QuantityValue;
import dev.meso.language.value.RangeValue;
import dev.meso.language.value.RecordValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.UnitValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;

/**
 * One call of a built-in: its arguments, one per parameter in order; a missing optional one is null. The getters check
 * the kind of an argument and otherwise throw an error that names the parameter; those with a default give it where the
 * argument is missing. Parameters are named by index or by name.
 */
public final class Call {
    private final Builtin builtin;
    private final Object[] arguments;
    private final MesoContext context;

    public Call(Builtin builtin, Object[] arguments, MesoContext context) {
        this.builtin = builtin;
        this.arguments = arguments;
        this.context = context;
    }

    public Builtin builtin() {
        return builtin;
    }

    /** Threads, seed, files and output of the running program. */
    public MesoContext context() {
        return context;
    }

    /** The index of a parameter; a misspelt name is a defect of the built-in. */
    public int index(String parameter) {
        for (int i = 0; i < builtin.parameters().size(); i++) {
            if (builtin.parameters().get(i).name().equals(parameter)) {
                return i;
            }
        }
        throw new IllegalArgumentException(builtin.name() + " has no parameter " + parameter);
    }

    public boolean given(int index) {
        return arguments[index] != null;
    }

    public boolean given(String parameter) {
        return given(index(parameter));
    }

    /** The argument as it is, or null. */
    public Object argument(int index) {
        return arguments[index];
    }

    public Object argument(String parameter) {
        return argument(index(parameter));
    }

    /** The arguments of a rest parameter. */
    public Object[] rest(int index) {
        return arguments[index] == null ? new Object[0] : (Object[]) arguments[index];
    }

    // ---- plain kinds --------------------------------------------------------------------------------------------

    /** A whole number; a double without a fraction is taken too. */
    public long integer(int index) {
        Object value = arguments[index];
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 0x1p53) {
            return (long) (double) d;
        }
        throw wrong(index, "a whole number");
    }

    public long integer(String parameter) {
        return integer(index(parameter));
    }

    public long integer(int index, long otherwise) {
        return given(index) ? integer(index) : otherwise;
    }

    public long integer(String parameter, long otherwise) {
        return integer(index(parameter), otherwise);
    }

    /** A whole number in {@code low..high}. */
    public long integer(int index, long low, long high) {
        long value = integer(index);
        if (value < low || value > high) {
            String range = high == Long.MAX_VALUE || high == Integer.MAX_VALUE
                    ? low + " or more"
                    : "between " + low + " and " + high;
            throw bad(index, "needs a whole number, " + range + ", not " + value);
        }
        return value;
    }

    /** A plain number. */
    public double number(int index) {
        Object value = arguments[index];
        if (value instanceof Double d) {
            return d;
        }
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof QuantityValue) {
            throw wrong(index, "a plain number");
        }
        throw wrong(index, "a number");
    }

    public double number(String parameter) {
        return number(index(parameter));
    }

    public double number(int index, double otherwise) {
        return given(index) ? number(index) : otherwise;
    }

    public double number(String parameter, double otherwise) {
        return number(index(parameter), otherwise);
    }

    public boolean truth(int index) {
        if (arguments[index] instanceof Boolean truth) {
            return truth;
        }
        throw wrong(index, "true or false");
    }

    public boolean truth(String parameter) {
        return truth(index(parameter));
    }

    public boolean truth(int index, boolean otherwise) {
        return given(index) ? truth(index) : otherwise;
    }

    public boolean truth(String parameter, boolean otherwise) {
        return truth(index(parameter), otherwise);
    }

    public String text(int index) {
        if (arguments[index] instanceof String text) {
            return text;
        }
        throw wrong(index, "text");
    }

    public String text(String parameter) {
        return text(index(parameter));
    }

    public String text(int index, String otherwise) {
        return given(index) ? text(index) : otherwise;
    }

    public String text(String parameter, String otherwise) {
        return text(index(parameter), otherwise);
    }

    /** A number with or without a unit. */
    public Quantity quantity(int index) {
        if (arguments[index] instanceof QuantityValue quantity) {
            return quantity.quantity();
        }
        if (arguments[index] instanceof Long || arguments[index] instanceof Double) {
            return Quantity.of(number(index));
        }
        throw wrong(index, "a number with a unit");
    }

    public Quantity quantity(String parameter) {
        return quantity(index(parameter));
    }

    /** A quantity expressed in {@code unit}; a plain number is one already. */
    public double in(int index, Unit unit) {
        Quantity quantity = quantity(index);
        return quantity.unit().isOne() ? quantity.value() : quantity.in(unit);
    }

    public Unit unit(int index) {
        if (arguments[index] instanceof UnitValue unit) {
            return unit.unit();
        }
        if (arguments[index] instanceof String text) {
            return Unit.parse(text);
        }
        throw wrong(index, "a unit");
    }

    public Unit unit(String parameter, Unit otherwise) {
        int index = index(parameter);
        return given(index) ? unit(index) : otherwise;
    }

    // ---- composite kinds ------------------------------------------------------------------------------------------

    /** A list; ranges and arrays of other languages become one. */
    public ListValue list(int index) {
        ListValue list = asList(arguments[index]);
        if (list == null) {
            throw wrong(index, "a list");
        }
        return list;
    }

    public ListValue list(String parameter) {
        return list(index(parameter));
    }

    /** A list, range, column or foreign array as a list; null for anything else. */
    public static ListValue asList(Object value) {
        if (value instanceof ListValue list) {
            return list;
        }
        if (value instanceof RangeValue range) {
            long[] items = new long[Operators.length(range.length(), "list")];
            for (int i = 0; i < items.length; i++) {
                items[i] = range.get(i);
            }
            return ListValue.of(items);
        }
        if (value instanceof MesoValue meso) {
            if (meso.size() < 0) {
                return null;
            }
            Object[] items = new Object[Operators.length(meso.size(), "list")];
            for (int i = 0; i < items.length; i++) {
                items[i] = meso.element(i);
            }
            return ListValue.of(items);
        }
        return Foreign.is(value) ? Foreign.list(value) : null;
    }

    public RecordValue record(int index) {
        if (arguments[index] instanceof RecordValue record) {
            return record;
        }
        RecordValue foreign = Foreign.is(arguments[index]) ? Foreign.record(arguments[index]) : null;
        if (foreign == null) {
            throw wrong(index, "a record");
        }
        return foreign;
    }

    public RecordValue record(String parameter) {
        return record(index(parameter));
    }

    /** Something that can be called; a function of another language is wrapped. */
    public CallableValue function(int index) {
        if (arguments[index] instanceof CallableValue callable) {
            return callable;
        }
        if (Foreign.is(arguments[index]) && InteropLibrary.getUncached().isExecutable(arguments[index])) {
            return new ForeignFunction(arguments[index]);
        }
        throw wrong(index, "a function");
    }

    public CallableValue function(String parameter) {
        return function(index(parameter));
    }

    /** A column; a list becomes one. */
    public ColumnValue column(int index) {
        if (arguments[index] instanceof ColumnValue column) {
            return column;
        }
        ListValue list = asList(arguments[index]);
        if (list == null) {
            throw wrong(index, "a column or list");
        }
        return ColumnValue.of(list);
    }

    public TableValue table(int index) {
        return value(index, TableValue.class, "a table");
    }

    public TableValue table(String parameter) {
        return table(index(parameter));
    }

    /** Calls a user's condition; anything but true or false is an error. */
    public boolean holds(CallableValue condition, Object... values) {
        Object result = condition.call(values);
        if (result instanceof Boolean holds) {
            return holds;
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "the condition given to `" + builtin.name() + "` must give true or false, not "
                        + Values.describe(result));
    }

    /** An argument of a kind of its own; {@code expected} is what messages call it, {@code "a partition"}. */
    public <T extends MesoValue> T value(int index, Class<T> type, String expected) {
        if (type.isInstance(arguments[index])) {
            return type.cast(arguments[index]);
        }
        throw wrong(index, expected);
    }

    public <T extends MesoValue> T value(String parameter, Class<T> type, String expected) {
        return value(index(parameter), type, expected);
    }

    // ---- mistakes -----------------------------------------------------------------------------------------------

    /** "`triads` needs a graph as `g`, not the number 3". */
    public ArgumentException wrong(int index, String expected) {
        Object value = arguments[index] == null ? NoneValue.NONE : arguments[index];
        return new ArgumentException(
                ErrorCode.WRONG_TYPE,
                index,
                "`" + builtin.name() + "` needs " + expected + " as `"
                        + builtin.parameters().get(index).name() + "`, not " + Values.describe(value));
    }

    /** "`quantile`: `p` " and {@code problem}, for an argument of the right kind and a wrong value. */
    public ArgumentException bad(int index, String problem, String... notes) {
        return new ArgumentException(
                ErrorCode.WRONG_VALUE,
                index,
                "the argument `" + builtin.parameters().get(index).name() + "` of `" + builtin.name() + "` " + problem,
                notes);
    }

    public ArgumentException bad(String parameter, String problem, String... notes) {
        return bad(index(parameter), problem, notes);
    }
}
