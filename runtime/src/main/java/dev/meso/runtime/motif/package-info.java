/** Motifs: the dyad and triad census, and the search for patterns of neurons and connections. */
package dev.meso.runtime.motif;
