package dev.meso.language.ast;

import java.util.List;

/** A whole source as parsed: its statements in order. */
public record Program(Span span, List<Statement> statements) {}
