/**
 * What names stand for while a program runs. Numbers, truth values and text are Java's {@code Long}, {@code Double},
 * {@code Boolean} and {@code String}; everything else is a final subclass of {@link dev.meso.language.value.MesoValue},
 * immutable, printable, and an interop object for other languages.
 *
 * <p>A new kind of value is one short file: extend {@code MesoValue}, say what it is called, how it prints and which
 * {@link dev.meso.language.value.Members} it has.
 */
package dev.meso.language.value;
