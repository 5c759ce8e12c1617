package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.tensor.Node;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What a term of a loss is made of: an array of the model that has no value yet, where some entries may be missing. Arithmetic
 * with a missing entry is missing; sums and means leave missing entries out, as those of columns do.
 *
 * @param value the array; missing entries hold some finite number
 * @param known 1 where an entry is known and 0 where it is missing, of a shape that broadcasts to that of {@code value}; null where
 *     all are known
 */
public record Symbol(Node value, Node known) {
    /** Keeps the square root of 0 and the logarithm of 0 apart from infinite slopes. */
    private static final double TINY = 1e-12;

    /** An array without missing entries. */
    public static Symbol of(Node value) {
        return new Symbol(value, null);
    }

    public Symbol map(UnaryOperator<Node> function) {
        return new Symbol(function.apply(value), known);
    }

    /** Entry by entry, with NumPy's broadcasting; shapes that do not fit are refused by name. */
    public Symbol with(Symbol other, BinaryOperator<Node> function) {
        Node both = known == null ? other.known : other.known == null ? known : known.multiply(other.known);
        return new Symbol(function.apply(value, other.value), both);
    }

    /** A number of its own in the graph of this symbol. */
    public Symbol number(double number) {
        return of(value.graph().constant(number));
    }

    /** Whether it is a single number. */
    public boolean scalar() {
        return value.size() == 1;
    }

    /** The sum of all known entries. */
    public Symbol sum() {
        return of((known == null ? value : value.multiply(known)).sum());
    }

    /** The mean of all known entries; 0 of none. */
    public Symbol mean() {
        if (known == null) {
            return of(value.mean());
        }
        Node everywhere = known.broadcast(value.shape());
        return of(value.multiply(everywhere).sum().divide(everywhere.sum().maximum(1)));
    }

    /** The greatest known entry, or the least. */
    public Symbol extreme(boolean greatest) {
        Node all = value;
        if (known != null) {
            double far = greatest ? -1e30 : 1e30;
            all = value.multiply(known).add(known.negate().add(1).multiply(far));
        }
        return of(greatest ? all.max() : all.min());
    }

    public Symbol log() {
        return map(x -> x.maximum(TINY).log());
    }

    public Symbol sqrt() {
        return map(x -> x.maximum(TINY).sqrt());
    }

    /** Quadratic up to {@code delta} and linear beyond (Huber 1964). */
    public Symbol huber(double delta) {
        return map(x -> {
            Node size = x.abs();
            Node near = size.minimum(delta);
            return near.square().multiply(0.5).add(size.subtract(near).multiply(delta));
        });
    }

    /** Pearson's correlation of all entries known in both. */
    public Symbol correlation(Symbol other) {
        Symbol product = with(other, Node::multiply);
        Symbol a = new Symbol(value.broadcast(product.value.shape()), product.known);
        Symbol b = new Symbol(other.value.broadcast(product.value.shape()), product.known);
        Symbol da = a.with(a.mean(), Node::subtract);
        Symbol db = b.with(b.mean(), Node::subtract);
        Symbol spread = da.map(Node::square)
                .sum()
                .with(db.map(Node::square).sum(), Node::multiply)
                .sqrt();
        return da.with(db, Node::multiply).sum().with(spread, Node::divide);
    }

    /** Minus the mean over rows of the sum of {@code this * log(predicted)}: this symbol holds the classes, one in a row. */
    public Symbol crossEntropy(Symbol predicted) {
        verifySameShape(predicted, "cross_entropy");
        int classes = value.shape()[value.rank() - 1];
        return with(predicted.log(), Node::multiply).mean().map(x -> x.multiply(-classes));
    }

    /** The mean of {@code predicted - this * log(predicted)}: the misfit of rates to counts, up to a constant. */
    public Symbol poisson(Symbol predicted) {
        verifySameShape(predicted, "poisson");
        return predicted
                .with(with(predicted.log(), Node::multiply), Node::subtract)
                .mean();
    }

    private void verifySameShape(Symbol other, String function) {
        if (!Arrays.equals(value.shape(), other.value.shape())) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "`" + function + "` takes two symbols of one shape, not " + Arrays.toString(value.shape()) + " and "
                            + Arrays.toString(other.value.shape()));
        }
    }

    /** The sum of {@code p (1 - p)}: 0 where every entry is 0 or 1. */
    public Symbol overlap() {
        return map(p -> p.multiply(p.negate().add(1))).sum();
    }

    /** The sum of {@code -p log p}, in nats. */
    public Symbol entropy() {
        return with(log(), Node::multiply).sum().map(Node::negate);
    }
}
