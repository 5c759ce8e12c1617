package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.Symbol;
import dev.meso.runtime.tensor.Node;
import java.util.Arrays;

/**
 * An array of a model that has no value yet: {@code next}, {@code predicted} and what is calculated from them. A term of a loss
 * is called once with these; the operations it makes become the compiled term.
 */
public final class SymbolValue extends MesoValue {
    private final Symbol symbol;

    public SymbolValue(Symbol symbol) {
        this.symbol = symbol;
    }

    public Symbol symbol() {
        return symbol;
    }

    @TruffleBoundary
    static Object binary(BinaryOperator operator, Object left, Object right) {
        Node any = (left instanceof SymbolValue a ? a : (SymbolValue) right).symbol.value();
        if (operator == BinaryOperator.POWER && Operators.isNumber(right)) {
            double exponent = Operators.toDouble(right);
            return new SymbolValue(
                    ((SymbolValue) left).symbol.map(x -> exponent == 2 ? x.square() : x.power(exponent)));
        }
        Symbol a = operand(left, any);
        Symbol b = operand(right, any);
        return new SymbolValue(
                switch (operator) {
                    case ADD -> a.with(b, Node::add);
                    case SUBTRACT -> a.with(b, Node::subtract);
                    case MULTIPLY -> a.with(b, Node::multiply);
                    case DIVIDE -> a.with(b, Node::divide);
                    case POWER -> a.with(b, Node::power);
                    case REMAINDER ->
                        throw new MesoException(
                                ErrorCode.WRONG_TYPE,
                                "the remainder of a model's symbol has no slope, so it cannot be fitted");
                });
    }

    /** A side of an operation, as a symbol in the graph of {@code any}. */
    public static Symbol operand(Object value, Node any) {
        if (value instanceof SymbolValue s) {
            return s.symbol;
        }
        if (Operators.isNumber(value)) {
            return Symbol.of(any.graph().constant(Operators.toDouble(value)));
        }
        if (value instanceof QuantityValue q) {
            throw new MesoException(
                    ErrorCode.WRONG_UNIT,
                    "a model's symbols are standardized and have no unit, so they do not go together with " + q.text(),
                    "divide the quantity by a unit, such as `x / um`");
        }
        if (value instanceof ColumnValue || value instanceof ListValue) {
            MesoValue sequence = (MesoValue) value;
            double[] numbers = new double[Math.toIntExact(sequence.size())];
            for (int i = 0; i < numbers.length; i++) {
                Object item = sequence.element(i);
                if (!Operators.isNumber(item)) {
                    throw new MesoException(
                            ErrorCode.WRONG_TYPE,
                            "a symbol goes together with numbers, not with " + Values.describe(item));
                }
                numbers[i] = Operators.toDouble(item);
            }
            return Symbol.of(any.graph().constant(numbers, numbers.length));
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "a symbol of a model cannot be calculated with " + Values.describe(value),
                "a term of a loss is made of symbols, numbers and columns");
    }

    @Override
    public String kind() {
        return "symbol of a model";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return symbol.scalar()
                ? "symbol of a model"
                : "symbol of a model, " + Arrays.toString(symbol.value().shape());
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(SymbolValue.class)
                .property("shape", Kind.LIST, "how many entries it has along each axis", SymbolValue::shape)
                .end();
    }

    private static ListValue shape(SymbolValue value) {
        return ListValue.of(Arrays.stream(value.symbol.value().shape())
                .mapToObj(n -> (Object) (long) n)
                .toArray());
    }
}
