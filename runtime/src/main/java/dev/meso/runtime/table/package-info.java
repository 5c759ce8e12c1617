/**
 * Tables by column: typed, immutable columns with missing values and units, elementwise arithmetic with broadcasting,
 * aggregates, and tables with selection, sorting, grouping and joins.
 */
package dev.meso.runtime.table;
