/** Statistics of graphs and their comparison with null models. */
package dev.meso.runtime.stats;
