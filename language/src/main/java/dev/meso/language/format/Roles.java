package dev.meso.language.format;

import dev.meso.grammar.MesoLexer;
import dev.meso.grammar.MesoParser;
import dev.meso.language.parse.SourceTree;
import java.util.BitSet;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** What the parse tree knows about tokens that look alike. Sets of token indexes. */
final class Roles {
    /** Brackets that belong to what stands before them: calls, parameters, indexes. */
    final BitSet attached = new BitSet();

    /** Signs with one side. */
    final BitSet unary = new BitSet();

    /** The braces of records, which hug their fields. */
    final BitSet recordBraces = new BitSet();

    static Roles of(SourceTree source) {
        Roles roles = new Roles();
        roles.walk(source.root());
        return roles;
    }

    private void walk(ParseTree node) {
        for (int i = 0; i < node.getChildCount(); i++) {
            ParseTree child = node.getChild(i);
            if (child instanceof TerminalNode leaf) {
                mark(node, leaf.getSymbol());
            } else {
                walk(child);
            }
        }
    }

    private void mark(ParseTree parent, Token token) {
        int index = token.getTokenIndex();
        switch (token.getType()) {
            case MesoLexer.LPAREN -> {
                boolean group = parent instanceof MesoParser.ParenthesizedContext
                        || parent instanceof MesoParser.ParametersContext
                                && parent.getParent() instanceof MesoParser.LambdaOfManyExpressionContext;
                attached.set(index, !group);
            }
            case MesoLexer.LBRACKET ->
                attached.set(
                        index,
                        parent instanceof MesoParser.IndexExpressionContext
                                || parent instanceof MesoParser.StateClauseContext);
            case MesoLexer.LBRACE, MesoLexer.RBRACE ->
                recordBraces.set(index, parent instanceof MesoParser.RecordLiteralContext);
            case MesoLexer.MINUS -> unary.set(index, parent instanceof MesoParser.SignExpressionContext);
            default -> {}
        }
    }
}
