/** Connectomes: directed spatial multigraphs with attributes by column, and their bare wiring. */
package dev.meso.runtime.graph;
