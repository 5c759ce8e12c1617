/** Pages of results that need nothing else: one HTML file with its pictures and tables inside. */
package dev.meso.runtime.report;
