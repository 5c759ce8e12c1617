/**
 * From text to the syntax tree. {@link dev.meso.language.parse.SourceReader} is the front door: it gives a {@code Program}
 * or the mistakes, each in words a reader understands, whatever the text.
 *
 * <p>The steps: {@code SourceLexer} makes tokens, {@code TokenFilter} decides which newlines separate and which words are
 * units, {@code GuardedParser} makes the parse tree, the {@code …Builder}s make the syntax tree and refuse what the
 * grammar accepts on purpose, {@code SyntaxExplainer} turns a parser error into a sentence.
 */
package dev.meso.language.parse;
