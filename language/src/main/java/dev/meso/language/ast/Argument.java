package dev.meso.language.ast;

/** One argument of a call; {@code name} is null for a positional one. */
public record Argument(Span span, Name name, Expression value) {}
