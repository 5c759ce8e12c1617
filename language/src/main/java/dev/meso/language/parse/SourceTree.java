package dev.meso.language.parse;

import dev.meso.grammar.MesoParser;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * The tokens and the parse tree of a text that is a program, for tools that need the comments and the layout.
 *
 * @param tokens all tokens up to EOF, comments and white space among them on the hidden channel; the index of a token is
 *     its place here. A NEWLINE or SEMICOLON on the default channel separates; one of no length was not written
 * @param root the parse tree
 */
public record SourceTree(List<Token> tokens, MesoParser.ProgramContext root) {}
