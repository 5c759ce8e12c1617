/** Null models for programs: samples, exact expectations, comparisons, description lengths. */
package dev.meso.language.builtin.nulls;
