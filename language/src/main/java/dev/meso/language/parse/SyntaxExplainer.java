package dev.meso.language.parse;

import dev.meso.language.ast.Span;
import java.util.List;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Turns what the parser could not read into a sentence. */
final class SyntaxExplainer {
    private SyntaxExplainer() {}

    static SyntaxProblem unclosed(Token open, int end) {
        return new SyntaxProblem(
                TokenFilter.span(open),
                "this `" + (open.getText().length() > 3 ? "/*" : open.getText()) + "` is not closed",
                null,
                "add `" + TokenFilter.closing(open) + "`",
                new Span(end, end),
                "the text ends here");
    }

    static SyntaxProblem explain(RecognitionException error, List<Token> tokens) {
        Token found = error.getOffendingToken();
        return new SyntaxProblem(TokenFilter.span(found), "unexpected " + found.getText(), null, null, null, null);
    }
}
