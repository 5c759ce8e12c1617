/** Motifs in the language: censuses, counting and finding motifs, and predicates of motifs as masks and conditions. */
package dev.meso.language.builtin.motifs;
