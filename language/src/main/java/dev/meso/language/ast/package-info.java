/**
 * The syntax tree: what a program says, before any name is resolved. Records only, made by {@code parse}, read by
 * {@code check}. Nulls stand only where a record's comment says so.
 */
package dev.meso.language.ast;
