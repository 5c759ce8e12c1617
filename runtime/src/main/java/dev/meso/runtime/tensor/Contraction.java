package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.tensor.Op.Axes;
import java.util.Arrays;

/** Makes and checks products that sum over shared axes. */
final class Contraction {
    private Contraction() {}

    static Node matmul(Node a, Node b) {
        int[] x = a.dims();
        int[] y = b.dims();
        if (x.length < 2 || y.length < 2 || x[x.length - 1] != y[y.length - 2]) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "matrices of shape " + Shapes.text(x) + " and " + Shapes.text(y) + " cannot be multiplied",
                    "the last length of the first must be the last but one of the second");
        }
        int[] lead = Shapes.broadcast(Arrays.copyOf(x, x.length - 2), Arrays.copyOf(y, y.length - 2), "matmul");
        int rank = lead.length + 2;
        int[] shape = Arrays.copyOf(lead, rank);
        shape[rank - 2] = x[x.length - 2];
        shape[rank - 1] = y[y.length - 1];
        // Labels: result axes 0 .. rank-1, the summed one is `rank`. Lengths of 1 that are repeated are left out.
        int[] first = labels(x, lead, rank - 2, rank);
        int[] second = labels(y, lead, rank, rank - 1);
        int[] used = new int[rank];
        for (int[] labels : new int[][] {first, second}) {
            for (int label : labels) {
                if (label >= 0 && label < rank) {
                    used[label] = 1;
                }
            }
        }
        int[] result = java.util.stream.IntStream.range(0, rank)
                .filter(d -> used[d] == 1)
                .toArray();
        Node product = contract(squeeze(a, first), squeeze(b, second), kept(first), kept(second), result);
        return product.reshape(shape);
    }

    /** Labels of an operand's axes; -1 for a length of 1 that the other operand repeats or both lack. */
    private static int[] labels(int[] shape, int[] lead, int row, int column) {
        int[] labels = new int[shape.length];
        int shift = lead.length - (shape.length - 2);
        for (int d = 0; d < shape.length - 2; d++) {
            labels[d] = shape[d] == 1 ? -1 : d + shift;
        }
        labels[shape.length - 2] = row;
        labels[shape.length - 1] = column;
        return labels;
    }

    private static int[] kept(int[] labels) {
        return Arrays.stream(labels).filter(l -> l >= 0).toArray();
    }

    private static Node squeeze(Node node, int[] labels) {
        int[] shape = node.dims();
        return node.reshape(java.util.stream.IntStream.range(0, shape.length)
                .filter(d -> labels[d] >= 0)
                .map(d -> shape[d])
                .toArray());
    }

    static Node of(String letters, Node a, Node b) {
        String[] sides = letters.replace(" ", "").split("->", -1);
        String[] operands = sides[0].split(",", -1);
        if (sides.length != 2 || operands.length != 2) {
            throw new IllegalArgumentException("not of the form ab,bc->ac: " + letters);
        }
        int[] first = parse(operands[0], a, letters);
        int[] second = parse(operands[1], b, letters);
        int[] result = sides[1].chars().map(c -> c - 'a').toArray();
        for (int label : result) {
            if (!contains(first, label) && !contains(second, label)) {
                throw new IllegalArgumentException("a letter of the result is in neither operand: " + letters);
            }
        }
        int[] aloneFirst = alone(first, second, result);
        int[] aloneSecond = alone(second, first, result);
        Node x = aloneFirst.length == 0 ? a : a.sum(aloneFirst);
        Node y = aloneSecond.length == 0 ? b : b.sum(aloneSecond);
        return contract(x, y, Shapes.without(first, aloneFirst), Shapes.without(second, aloneSecond), result);
    }

    private static int[] parse(String operand, Node node, String letters) {
        int[] labels = operand.chars().map(c -> c - 'a').toArray();
        if (labels.length != node.rank()) {
            throw new MesoException(
                    ErrorCode.WRONG_LENGTH,
                    "the product " + letters + " was given an array of shape " + Shapes.text(node.dims()) + " for "
                            + operand);
        }
        if (Arrays.stream(labels).distinct().count() != labels.length) {
            throw new IllegalArgumentException("a letter is twice in one operand: " + letters);
        }
        return labels;
    }

    /** Positions of labels that are in neither of the other lists. */
    private static int[] alone(int[] labels, int[] other, int[] result) {
        return java.util.stream.IntStream.range(0, labels.length)
                .filter(d -> !contains(other, labels[d]) && !contains(result, labels[d]))
                .toArray();
    }

    static boolean contains(int[] labels, int label) {
        return position(labels, label) >= 0;
    }

    static int position(int[] labels, int label) {
        for (int d = 0; d < labels.length; d++) {
            if (labels[d] == label) {
                return d;
            }
        }
        return -1;
    }

    /** Labels that appear in exactly one list of the three are the caller's mistake. */
    static Node contract(Node a, Node b, int[] first, int[] second, int[] result) {
        int[] shape = new int[result.length];
        for (int d = 0; d < result.length; d++) {
            int x = position(first, result[d]);
            shape[d] = x >= 0 ? a.dims()[x] : b.dims()[position(second, result[d])];
        }
        for (int d = 0; d < first.length; d++) {
            int y = position(second, first[d]);
            if (y >= 0 && a.dims()[d] != b.dims()[y]) {
                throw new MesoException(
                        ErrorCode.WRONG_LENGTH,
                        "arrays of shape " + Shapes.text(a.dims()) + " and " + Shapes.text(b.dims())
                                + " cannot be multiplied: axis " + d + " of the first (" + a.dims()[d] + ") and axis "
                                + y + " of the second (" + b.dims()[y] + ") must be equal");
            }
        }
        // Labels by first appearance, so that equal products have equal operations.
        int[] names = new int[64];
        Arrays.fill(names, -1);
        int[] next = {0};
        Op op = new Op.Contract(rename(first, names, next), rename(second, names, next), rename(result, names, next));
        return a.graph().add(op, shape, a, b);
    }

    private static Axes rename(int[] labels, int[] names, int[] next) {
        int[] renamed = new int[labels.length];
        for (int d = 0; d < labels.length; d++) {
            if (names[labels[d]] < 0) {
                names[labels[d]] = next[0]++;
            }
            renamed[d] = names[labels[d]];
        }
        return new Axes(renamed);
    }
}
