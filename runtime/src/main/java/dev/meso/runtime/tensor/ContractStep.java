package dev.meso.runtime.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A batch of matrix products between parts of the arena that may have any strides. */
final class ContractStep implements Step {
    /** Rows and columns of a piece are multiples of these, so that tiles are full. */
    private static final int ROWS = 32;

    private static final int COLUMNS = 64;

    private final Product product;
    private final String label;
    private final int rowBlock;
    private final int columnBlock;
    private final int batchBlock;
    private final int rowBlocks;
    private final int columnBlocks;
    private final int batchBlocks;

    ContractStep(Product product, String label) {
        this.product = product;
        this.label = label;
        long work = (long) product.batch() * product.rows() * product.columns() * product.depth();
        // A tile does some 16 of these at once.
        int wanted = Step.pieces(work / 16);
        batchBlocks = Math.min(wanted, product.batch());
        batchBlock = ceil(product.batch(), batchBlocks);
        int rows = Math.clamp(ceil(product.rows(), ROWS), 1, Math.max(1, wanted / Math.max(batchBlocks, 1)));
        // Rows of A are kept packed where they are not evenly spaced: no more than there is room for.
        rowBlock = Math.min(round(ceil(product.rows(), rows), ROWS), Worker.ROWS);
        rowBlocks = ceil(product.rows(), rowBlock);
        int columns = Math.clamp(
                ceil(product.columns(), COLUMNS), 1, Math.max(1, wanted / Math.max(batchBlocks * rowBlocks, 1)));
        columnBlock = round(ceil(product.columns(), columns), COLUMNS);
        columnBlocks = ceil(product.columns(), columnBlock);
    }

    private static int ceil(int a, int b) {
        return b == 0 ? 0 : (a + b - 1) / b;
    }

    private static int round(int a, int to) {
        return ceil(a, to) * to;
    }

    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int pieces(int phase) {
        return product.batch() == 0 ? 0 : ceil(product.batch(), batchBlock) * rowBlocks * columnBlocks;
    }

    @Override
    public <A> void run(int phase, int piece, A arena, Kernels<A> kernels, Worker<A> worker) {
        int column = piece % columnBlocks * columnBlock;
        int row = piece / columnBlocks % rowBlocks * rowBlock;
        int batch = piece / columnBlocks / rowBlocks * batchBlock;
        int rowEnd = Math.min(product.rows(), row + rowBlock);
        int columnEnd = Math.min(product.columns(), column + columnBlock);
        for (int b = batch; b < Math.min(product.batch(), batch + batchBlock); b++) {
            kernels.multiply(product, arena, b, row, rowEnd, column, columnEnd, worker);
        }
    }

    @Override
    public String describe() {
        return "products " + product.batch() + " of " + product.rows() + " x " + product.depth() + " x "
                + product.columns() + " (" + pieces(0) + " pieces) -> " + label;
    }

    /** One axis of a product: its length and its strides in A, B and C; 0 where it is absent. */
    private record Axis(int length, int a, int b, int c) {}

    /**
     * The product of two nodes: the side that has the last axis of the result gives the columns, so that rows of the result
     * are contiguous.
     */
    static Product product(Op.Contract op, Node node, int[] lengths, Layout first, Layout second, int[] offsets) {
        int[] result = op.result().of();
        int last = result[result.length - 1];
        boolean swap = !Contraction.contains(op.second().of(), last);
        int[] labelsA = swap ? op.second().of() : op.first().of();
        int[] labelsB = swap ? op.first().of() : op.second().of();
        int[] stridesA = swap ? second.strides() : first.strides();
        int[] stridesB = swap ? first.strides() : second.strides();
        int[] stridesC = Shapes.strides(node.dims());
        List<Axis> batch = new ArrayList<>();
        List<Axis> rows = new ArrayList<>();
        List<Axis> columns = new ArrayList<>();
        List<Axis> depth = new ArrayList<>();
        for (int d = 0; d < result.length; d++) {
            int a = Contraction.position(labelsA, result[d]);
            int b = Contraction.position(labelsB, result[d]);
            Axis axis = new Axis(node.dims()[d], a < 0 ? 0 : stridesA[a], b < 0 ? 0 : stridesB[b], stridesC[d]);
            (a >= 0 && b >= 0 ? batch : a >= 0 ? rows : columns).add(axis);
        }
        for (int d = 0; d < labelsA.length; d++) {
            if (!Contraction.contains(result, labelsA[d])) {
                int b = Contraction.position(labelsB, labelsA[d]);
                depth.add(new Axis(lengths[labelsA[d]], stridesA[d], stridesB[b], 0));
            }
        }
        int a = offsets[swap ? 1 : 0];
        int b = offsets[swap ? 0 : 1];
        return new Product(
                places(a, batch.stream().map(x -> new int[] {x.length, x.a}).toList()),
                places(b, batch.stream().map(x -> new int[] {x.length, x.b}).toList()),
                places(
                        offsets[2],
                        batch.stream().map(x -> new int[] {x.length, x.c}).toList()),
                places(0, rows.stream().map(x -> new int[] {x.length, x.a}).toList()),
                places(0, depth.stream().map(x -> new int[] {x.length, x.a}).toList()),
                places(0, depth.stream().map(x -> new int[] {x.length, x.b}).toList()),
                places(0, columns.stream().map(x -> new int[] {x.length, x.b}).toList()),
                places(0, rows.stream().map(x -> new int[] {x.length, x.c}).toList()),
                places(0, columns.stream().map(x -> new int[] {x.length, x.c}).toList()));
    }

    /** All places of some axes, pairs of length and stride, the last one fastest. */
    private static int[] places(int start, List<int[]> axes) {
        int[] places = {start};
        for (int[] axis : axes) {
            int[] more = new int[places.length * axis[0]];
            for (int i = 0; i < more.length; i++) {
                more[i] = places[i / axis[0]] + i % axis[0] * axis[1];
            }
            places = more;
        }
        return places;
    }

    @Override
    public String toString() {
        return describe() + Arrays.toString(product.batchC());
    }
}
