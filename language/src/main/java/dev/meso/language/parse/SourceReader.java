package dev.meso.language.parse;

import dev.meso.grammar.MesoLexer;
import dev.meso.grammar.MesoParser;
import dev.meso.language.ast.Program;
import dev.meso.language.ast.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * The front door of the parser. Whatever the text, {@link #read} gives a program or an explanation and ends in time that
 * grows with the length of the text.
 *
 * <p>A text is parsed as a whole; where that fails, each statement that stands in no bracket is parsed alone, so that
 * independent mistakes are reported together and none twice.
 */
public final class SourceReader {
    /** More problems than these help nobody. */
    private static final int MOST_PROBLEMS = 50;

    private SourceReader() {}

    /** Reads a program. Positions in the result are UTF-16 offsets into {@code text}. */
    public static ParseResult read(String text) {
        TokenFilter.Result tokens = TokenFilter.filter(text);
        List<SyntaxProblem> problems = new ArrayList<>(tokens.problems());
        if (tokens.tooDeep()) {
            return failure(problems, false);
        }
        if (problems.isEmpty() && tokens.open() == null) {
            try {
                MesoParser.ProgramContext context = parse(tokens.tokens(), PredictionMode.SLL);
                return built(text, tokens.tokens(), context);
            } catch (ParseCancellationException failed) {
                // Explained below, with the slower and exact prediction.
            } catch (GuardedParser.TooDeep tooDeep) {
                return failure(List.of(tooDeep(tooDeep.span())), false);
            } catch (StackOverflowError smallStack) {
                return failure(List.of(tooDeep(new Span(0, 0))), false);
            }
        }
        return explain(text, tokens, problems);
    }

    /**
     * The tokens and parse tree of a program.
     *
     * @throws IllegalArgumentException where {@link #read} finds problems
     */
    public static SourceTree tree(String text) {
        ParseResult result = read(text);
        if (!result.ok()) {
            throw new IllegalArgumentException(
                    "not a program: " + result.problems().get(0).message());
        }
        List<Token> tokens = TokenFilter.filter(text).tokens();
        return new SourceTree(tokens, parse(tokens, PredictionMode.SLL));
    }

    private static ParseResult built(String text, List<Token> tokens, MesoParser.ProgramContext context) {
        List<SyntaxProblem> problems = new ArrayList<>(0);
        Program program = new TreeBuilder(text, tokens, problems).program(context);
        return problems.isEmpty() ? new ParseResult(program, problems, false) : failure(problems, false);
    }

    static MesoParser.ProgramContext parse(List<Token> tokens, PredictionMode mode) {
        GuardedParser parser = new GuardedParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.getInterpreter().setPredictionMode(mode);
        return parser.program();
    }

    private static ParseResult failure(List<SyntaxProblem> problems, boolean incomplete) {
        List<SyntaxProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(p -> p.span().start()));
        return new ParseResult(null, sorted.subList(0, Math.min(sorted.size(), MOST_PROBLEMS)), incomplete);
    }

    private static SyntaxProblem tooDeep(Span span) {
        return SyntaxProblem.of(
                span,
                "this is nested too deeply, or an expression has too many operators in a row",
                "give parts of it names with `let`");
    }

    // ---- Explaining ------------------------------------------------------------------------------------------

    /** Parses statement by statement and collects what is wrong. */
    private static ParseResult explain(String text, TokenFilter.Result tokens, List<SyntaxProblem> problems) {
        List<SyntaxProblem> filtered = List.copyOf(problems);
        boolean incomplete = false;
        boolean whole = true;
        int from = 0;
        for (int chunk = 0; chunk <= tokens.boundaries().size() && problems.size() < MOST_PROBLEMS; chunk++) {
            boolean last = chunk == tokens.boundaries().size();
            int to = last ? tokens.tokens().size() : tokens.boundaries().get(chunk);
            boolean lostBlock = !whole && tokens.tokens().get(from).getType() == MesoLexer.LBRACE;
            if (!lostBlock && !mentions(filtered, tokens.tokens(), from, to)) {
                RecognitionException error = statement(text, tokens.tokens(), from, to, problems);
                if (error != null) {
                    whole = false;
                    boolean atEnd = last && error.getOffendingToken().getType() == Token.EOF;
                    incomplete = atEnd && canContinue(tokens);
                    problems.add(
                            atEnd && tokens.open() != null
                                    ? SyntaxExplainer.unclosed(tokens.open(), text.length())
                                    : SyntaxExplainer.explain(error));
                }
            }
            from = to;
        }
        if (whole && tokens.open() != null) {
            incomplete = true;
            problems.add(SyntaxExplainer.unclosed(tokens.open(), text.length()));
        }
        if (problems.isEmpty()) {
            return exactly(text);
        }
        return failure(problems, incomplete && problems.size() == 1);
    }

    /** Each statement is right by itself, so only the fast prediction was wrong: the exact one reads the whole. */
    private static ParseResult exactly(String text) {
        List<Token> fresh = TokenFilter.filter(text).tokens();
        try {
            return built(text, fresh, parse(fresh, PredictionMode.LL));
        } catch (ParseCancellationException failed) {
            SyntaxProblem problem = SyntaxExplainer.explain((RecognitionException) failed.getCause());
            return failure(List.of(problem), false);
        }
    }

    /** Whether more text may help: something is open, or the last line ends in an operator. */
    private static boolean canContinue(TokenFilter.Result tokens) {
        if (tokens.open() != null) {
            return true;
        }
        for (int i = tokens.tokens().size() - 1; i >= 0; i--) {
            Token token = tokens.tokens().get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF) {
                return TokenFilter.isOperator(token.getType());
            }
        }
        return false;
    }

    /** Whether one of the problems stands in these tokens; what it breaks there is not worth a second message. */
    private static boolean mentions(List<SyntaxProblem> problems, List<Token> tokens, int from, int to) {
        int start = tokens.get(from).getStartIndex();
        int end = to == tokens.size() ? Integer.MAX_VALUE : tokens.get(to).getStartIndex();
        for (SyntaxProblem problem : problems) {
            if (problem.span().start() >= start && problem.span().start() < end) {
                return true;
            }
        }
        return false;
    }

    /** Parses one statement; gives the parser's error or null, and adds what the builder refuses. */
    private static RecognitionException statement(
            String text, List<Token> tokens, int from, int to, List<SyntaxProblem> problems) {
        List<Token> part = new ArrayList<>(tokens.subList(from, to));
        int last = part.size() - 1;
        while (last >= 0 && part.get(last).getChannel() != Token.DEFAULT_CHANNEL) {
            last--;
        }
        if (to != tokens.size() && last >= 0) {
            part = part.subList(0, last);
        }
        try {
            MesoParser.ProgramContext context = parse(part, PredictionMode.LL);
            new TreeBuilder(text, tokens, problems).program(context);
            return null;
        } catch (ParseCancellationException failed) {
            return (RecognitionException) failed.getCause();
        } catch (GuardedParser.TooDeep tooDeep) {
            problems.add(tooDeep(tooDeep.span()));
            return null;
        } catch (StackOverflowError smallStack) {
            problems.add(tooDeep(TreeBuilder.span(tokens.get(from))));
            return null;
        }
    }
}
