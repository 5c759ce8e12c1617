/** Built-ins of simplices, homology and cycles. */
package dev.meso.language.builtin.topology;
