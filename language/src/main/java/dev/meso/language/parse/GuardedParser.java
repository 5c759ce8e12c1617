package dev.meso.language.parse;

import dev.meso.grammar.MesoParser;
import dev.meso.language.ast.Span;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/** The generated parser, which stops at the first mistake and counts how deep it is, so that it cannot run out of stack. */
final class GuardedParser extends MesoParser {
    /** Rules inside each other. A bracket takes up to five, so 200 brackets fit. */
    private static final int DEEPEST = 1400;

    private int depth;

    /** Thrown when rules are nested too deeply. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Span span;

        TooDeep(Span span) {
            super("nested too deeply", null, false, false);
            this.span = span;
        }

        Span span() {
            return span;
        }
    }

    GuardedParser(TokenStream tokens) {
        super(tokens);
        removeErrorListeners();
        setErrorHandler(new BailErrorStrategy());
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        descend();
        super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
        depth--;
        super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        descend();
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        depth--;
        super.unrollRecursionContexts(parent);
    }

    private void descend() {
        if (++depth > DEEPEST) {
            throw new TooDeep(TokenFilter.span(getCurrentToken()));
        }
    }
}
