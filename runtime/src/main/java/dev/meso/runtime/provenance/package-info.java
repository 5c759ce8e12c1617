/** How a value came about: inputs with their hashes, filters with counts, seeds, samplers, versions, times. */
package dev.meso.runtime.provenance;
