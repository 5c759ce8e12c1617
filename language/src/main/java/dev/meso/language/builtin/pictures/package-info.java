/** The built-ins that show results: pictures of values, and pages of pictures, tables and text. */
package dev.meso.language.builtin.pictures;
