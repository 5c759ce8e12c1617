package dev.meso.language.diagnostic;

/**
 * A source as a diagnostic shows it.
 *
 * @param name what messages call it: a path as the user gave it, {@code "<eval>"}
 * @param text the whole text
 */
public record SourceText(String name, String text) {}
