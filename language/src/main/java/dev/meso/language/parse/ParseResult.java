package dev.meso.language.parse;

import dev.meso.language.ast.Program;
import java.util.List;

/**
 * What reading a text gave.
 *
 * @param program the syntax tree, or null where there are problems
 * @param problems what is wrong, in the order of the text; empty where there is a program
 * @param incomplete whether more text could make it right: a bracket, a {@code """} string or a comment is still open, or
 *     the text ends in an operator. False where something before the end is wrong.
 */
public record ParseResult(Program program, List<SyntaxProblem> problems, boolean incomplete) {
    public ParseResult {
        problems = List.copyOf(problems);
    }

    /** Whether the text is a program. */
    public boolean ok() {
        return program != null;
    }
}
