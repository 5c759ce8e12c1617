package dev.meso.runtime.tensor;

import java.util.Arrays;

/** What a node computes from its inputs. Two operations are equal where they compute the same. */
sealed interface Op {
    /** Word in plans and messages. */
    String name();

    /** Values that do not come from other nodes. */
    sealed interface Leaf extends Op {}

    /** Computed element by element, with inputs repeated to a common shape. */
    sealed interface Elementwise extends Op {}

    record Input(String label) implements Leaf {
        @Override
        public String name() {
            return "input " + label;
        }
    }

    record Parameter(String label) implements Leaf {
        @Override
        public String name() {
            return "parameter " + label;
        }
    }

    /** Known numbers; one of them stands for a whole array of it. */
    record Constant(double[] values) implements Leaf {
        boolean uniform() {
            return values.length == 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Constant c && Arrays.equals(values, c.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String name() {
            return uniform() ? Double.toString(values[0]) : "constant";
        }
    }

    /** Functions of one number. */
    enum Unary implements Elementwise {
        NEGATE,
        ABS,
        SIGN,
        /** 1 where positive, otherwise 0. */
        STEP,
        EXP,
        LOG,
        SQRT,
        SQUARE,
        TANH,
        LOGISTIC,
        RELU,
        SOFTPLUS
    }

    /** Functions of two numbers; comparisons give 1 or 0. */
    enum Binary implements Elementwise {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        POWER,
        MAXIMUM,
        MINIMUM,
        GREATER,
        GREATER_EQUAL,
        EQUAL
    }

    /** The second input where the first is not 0, elsewhere the third. */
    enum Select implements Elementwise {
        SELECT
    }

    /** Its input, which gradients do not pass. */
    enum Detach implements Op {
        DETACH
    }

    /** Repeated to a larger shape. */
    enum Broadcast implements Op {
        BROADCAST
    }

    enum Reduction {
        SUM,
        MAX
    }

    /** Over {@code axes} (ascending), which disappear. */
    record Reduce(Reduction reduction, Axes axes) implements Op {
        @Override
        public String name() {
            return reduction.name().toLowerCase(java.util.Locale.ROOT) + " over " + axes;
        }
    }

    enum Reshape implements Op {
        RESHAPE
    }

    /** Axis d of the result is axis {@code order[d]} of the input. */
    record Transpose(Axes order) implements Op {
        @Override
        public String name() {
            return "transpose " + order;
        }
    }

    /** Positions {@code from, from + step, …} along an axis. */
    record Slice(int axis, int from, int step) implements Op {
        @Override
        public String name() {
            return "slice";
        }
    }

    /** The adjoint of a slice: zeros, with the input at positions {@code from, from + step, …} of an axis. */
    record Place(int axis, int from, int step) implements Op {
        @Override
        public String name() {
            return "place";
        }
    }

    record Concat(int axis) implements Op {
        @Override
        public String name() {
            return "concat";
        }
    }

    /** Position i of the axis is position {@code index[i]} of the input's. */
    record Gather(int axis, Index index) implements Op {
        @Override
        public String name() {
            return "gather";
        }
    }

    /** Position {@code index[i]} of the axis receives position i of the input's; sum or maximum of all it receives. */
    record Scatter(int axis, Index index, Reduction reduction) implements Op {
        @Override
        public String name() {
            return "scatter " + reduction.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Sums products of two inputs over shared labels: {@code result[r] = Σ first[a] · second[b]}. Each label is in at
     * least two of the three lists, once in each.
     */
    record Contract(Axes first, Axes second, Axes result) implements Op {
        @Override
        public String name() {
            return "contract " + first.letters() + "," + second.letters() + "->" + result.letters();
        }
    }

    /** {@code y[…, i] = Σ values[e] x[…, j]} over connections e: j -> i; inputs values, x. */
    record SparseProduct(SparsePattern pattern) implements Op {
        @Override
        public String name() {
            return "sparse product";
        }
    }

    /** {@code g[e] = Σ y[…, i] x[…, j]} for each connection e: j -> i; inputs y, x. */
    record SparseOuter(SparsePattern pattern) implements Op {
        @Override
        public String name() {
            return "sparse outer product";
        }
    }

    /** A short list of whole numbers that is equal by content. */
    record Axes(int... of) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Axes a && Arrays.equals(of, a.of);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(of);
        }

        @Override
        public String toString() {
            return Arrays.toString(of);
        }

        String letters() {
            StringBuilder letters = new StringBuilder();
            for (int label : of) {
                letters.append((char) ('a' + label));
            }
            return letters.toString();
        }
    }
}
