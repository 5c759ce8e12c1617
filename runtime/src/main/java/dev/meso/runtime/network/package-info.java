/**
 * Statistics of a wiring as a network: shortest paths, clustering, small worlds, rich clubs, mixing by degree and label,
 * percolation. Kernels read {@code graph.Wiring} and primitive arrays, allocate once, and add whole numbers or in a fixed order,
 * so results do not depend on threads.
 */
package dev.meso.runtime.network;
