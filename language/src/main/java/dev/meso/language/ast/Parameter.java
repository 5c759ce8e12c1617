package dev.meso.language.ast;

/** A parameter of a function, lambda, motif or dynamics; {@code defaultValue} is null where it must be given. */
public record Parameter(Span span, Name name, Expression defaultValue) {}
