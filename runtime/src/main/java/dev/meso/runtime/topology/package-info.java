/** Topology of a wiring: directed simplices, the directed flag complex they form, its homology, and directed cycles. */
package dev.meso.runtime.topology;
