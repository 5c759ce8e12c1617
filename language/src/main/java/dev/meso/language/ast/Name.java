package dev.meso.language.ast;

/** An identifier where it stands. */
public record Name(Span span, String text) {}
