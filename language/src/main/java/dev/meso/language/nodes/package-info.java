/**
 * What runs: Truffle nodes built from the typed tree, one operation each, specialised from fast to general. Arithmetic on
 * quantities, columns and text is not here but in {@code value.Operators}; kernels are in the runtime.
 */
package dev.meso.language.nodes;
