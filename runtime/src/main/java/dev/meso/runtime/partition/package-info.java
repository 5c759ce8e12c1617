/** Partitions of neurons into blocks: where they come from, how alike two of them are, and what they say of a graph. */
package dev.meso.runtime.partition;
