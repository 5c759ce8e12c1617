package dev.meso.runtime.tensor;

/**
 * One elementwise operation on {@code n} numbers: {@code y[yo + i] = op(a[ao + i], b[bo + i], c[co + i])}; operations of
 * fewer operands ignore the others. An object for each rather than one method with a switch: the Java compiler would take
 * all of them into every chain, and start again whenever one more is used.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
@FunctionalInterface
interface Loop<A> {
    void run(A a, int ao, A b, int bo, A c, int co, A y, int yo, int n);
}
