/** Programs that use Meso from Java. The scripts themselves stand in the folder {@code examples}. */
package dev.meso.examples;
