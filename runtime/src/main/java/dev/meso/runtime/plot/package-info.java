/**
 * Pictures of results: each is laid out as a {@link dev.meso.runtime.plot.Scene} of a few kinds of marks, which is written as
 * SVG text (the same bytes on every machine) or drawn into a PNG file. Only {@link dev.meso.runtime.plot.PngPicture} needs the module
 * java.desktop, and only when a PNG file is asked for.
 */
package dev.meso.runtime.plot;
