/** Physical units and quantities with dimension checking. */
package dev.meso.runtime.unit;
