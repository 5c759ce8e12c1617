package dev.meso.runtime.tensor;

/**
 * Loops written with the Vector API, which is an incubating module and may be absent: its users are loaded only where it is
 * there, and every loop has a plain twin in {@link Kernels}.
 */
interface Vectors<A> {
    /** Whether this Java was started with {@code --add-modules jdk.incubator.vector}. */
    boolean PRESENT = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    static Vectors<float[]> floats() {
        return new FloatVectors();
    }

    static Vectors<double[]> doubles() {
        return new DoubleVectors();
    }

    /** From any place, for lengths that are rounded up to whole vectors; null where the plain loop is as good. */
    Loop<A> loop(Op.Elementwise op);

    /** As {@link Kernels#load} with a stride of 0 or 1. */
    void load(A from, int offset, int rows, int rowStride, int columns, int stride, A to, int at);

    /** The sum of {@code x[from .. from+n-1]}. */
    double sum(A x, int from, int n);

    void add(A from, int at, A to, int offset, int n);

    void addScaled(double weight, A from, int at, A to, int offset, int n);

    /** Four dot products with one vector, to {@code to[o] ..}. */
    void dots(A a, int x0, int x1, int x2, int x3, A b, int y, int n, A to, int o);

    double dot(A a, int x, A b, int y, int n);

    /** Numbers in a panel's row: two vectors. */
    int width();

    /** Rows of a tile: as many as registers hold. */
    int height();

    /**
     * {@code c[row · step + j] (+)= Σ a[row · rowStep + k · depthStep] panel[k · width + j]} for all rows of a tile.
     *
     * @param rows 8, 4 or 1
     * @param add to what is there
     */
    void tile(
            int rows, int depth, A a, int ao, int rowStep, int depthStep, A panel, A c, int co, int step, boolean add);
}
