/**
 * Graph, null-model, motif and statistics kernels as a plain Java library. Knows neither Truffle nor ANTLR nor
 * terminals.
 */
package dev.meso.runtime;
