/**
 * From the syntax tree to the typed tree: resolves names, turns pipes into calls and chains of links into edges, checks
 * units, arguments and declarations. {@link dev.meso.language.check.Checker} is the front door. Nothing is executed.
 */
package dev.meso.language.check;
