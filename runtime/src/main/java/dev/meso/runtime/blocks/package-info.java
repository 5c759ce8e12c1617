/**
 * Stochastic block models of directed graphs, chosen by description length: the codes, and the search for the partition
 * that makes the graph shortest (Peixoto 2017, Phys Rev E 95:012317).
 */
package dev.meso.runtime.blocks;
