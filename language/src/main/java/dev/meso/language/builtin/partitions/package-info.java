/** The built-ins of partitions: making them, comparing them, and what they say of a graph. */
package dev.meso.language.builtin.partitions;
