/** Tables, connectomes, recordings and files. */
package dev.meso.language.builtin.data;
