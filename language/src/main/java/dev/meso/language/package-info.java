/**
 * The front door of the language for the polyglot engine: {@link dev.meso.language.MesoLanguage} parses, checks and
 * builds, {@link dev.meso.language.MesoContext} is one running session, {@link dev.meso.language.MesoError} tells what went
 * wrong.
 */
package dev.meso.language;
