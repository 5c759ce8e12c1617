/** Eigenvalues and singular values of wirings, a few of large ones or all of small ones. */
package dev.meso.runtime.spectrum;
