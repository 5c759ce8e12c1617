/** Statistics of networks in the language: paths, clustering, small worlds, rich clubs, degrees, mixing, percolation. */
package dev.meso.language.builtin.network;
