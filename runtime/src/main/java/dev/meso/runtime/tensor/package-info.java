/**
 * Differentiable programs over arrays, compiled: a {@link dev.meso.runtime.tensor.Graph} of
 * {@link dev.meso.runtime.tensor.Node}s with static shapes, reverse-mode {@link dev.meso.runtime.tensor.Gradients} as more
 * nodes of the same graph, and a {@link dev.meso.runtime.tensor.Program} that fuses, places and runs them. It knows nothing
 * of brains.
 */
package dev.meso.runtime.tensor;
