/**
 * Where neurons lie: a KD tree over positions, grids of spherical locations, and the receptive fields they cut out of a
 * connectome (Dean et al., section 4.1 and figure 5).
 */
package dev.meso.runtime.space;
