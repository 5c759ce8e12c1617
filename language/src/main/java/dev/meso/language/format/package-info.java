/**
 * The layout of programs: {@link dev.meso.language.format.Formatter}. It works on the tokens, so comments survive, and asks
 * the parse tree what a bracket or sign is.
 */
package dev.meso.language.format;
