package dev.meso.language.parse;

import static dev.meso.grammar.MesoLexer.*;

import dev.meso.grammar.MesoParser;
import dev.meso.language.ast.Span;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.Suggest;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Turns the place where the parser could not go on into a sentence. First come the mistakes with an explanation of their
 * own (the surroundings tell what was meant), then a sentence made of what was found and what could stand there.
 */
final class SyntaxExplainer {
    /** What the error is about. */
    private final Token found;

    /** The token before, or null; and the one before that. */
    private final Token previous;

    private final Token beforePrevious;

    /** The token after, or null. */
    private final Token next;

    /** The first token of the statement or clause. */
    private final Token first;

    private final RecognitionException error;

    private SyntaxExplainer(RecognitionException error) {
        this.error = error;
        this.found = error.getOffendingToken();
        CommonTokenStream stream = (CommonTokenStream) error.getInputStream();
        stream.fill();
        int before = visibleBefore(stream, found.getTokenIndex());
        this.previous = before < 0 ? null : stream.get(before);
        int second = visibleBefore(stream, before);
        this.beforePrevious = second < 0 ? null : stream.get(second);
        this.first = firstOfItem(stream, found.getTokenIndex());
        this.next = visibleAfter(stream, found.getTokenIndex());
    }

    private static int visibleBefore(TokenStream stream, int index) {
        int i = index - 1;
        while (i >= 0 && stream.get(i).getChannel() != Token.DEFAULT_CHANNEL) {
            i--;
        }
        return i;
    }

    private static Token visibleAfter(TokenStream stream, int index) {
        for (int i = index + 1; i < stream.size(); i++) {
            if (stream.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return stream.get(i);
            }
        }
        return null;
    }

    private static Token firstOfItem(TokenStream stream, int index) {
        Token first = stream.get(index);
        for (int i = index - 1; i >= 0; i--) {
            Token token = stream.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                if (isSeparator(token) || token.getType() == LBRACE) {
                    break;
                }
                first = token;
            }
        }
        return first;
    }

    /** The bracket, string or comment that is open where the text ends. */
    static SyntaxProblem unclosed(Token open, int end) {
        boolean comment = open.getType() == OPEN_COMMENT;
        return new SyntaxProblem(
                comment ? new Span(open.getStartIndex(), open.getStartIndex() + 2) : TokenFilter.span(open),
                "this `" + (comment ? "/*" : open.getText()) + "` is not closed",
                null,
                "add `" + TokenFilter.closing(open) + "`",
                new Span(end, end),
                "the text ends here");
    }

    static SyntaxProblem explain(RecognitionException error) {
        SyntaxExplainer explainer = new SyntaxExplainer(error);
        SyntaxProblem special = explainer.characters();
        special = special != null ? special : explainer.otherLanguages();
        special = special != null ? special : explainer.clauses();
        special = special != null ? special : explainer.names();
        special = special != null ? special : explainer.signs();
        special = special != null ? special : explainer.blocks();
        special = special != null ? special : explainer.sideBySide();
        return special != null ? special : explainer.general();
    }

    private SyntaxProblem at(Token token, String message, String hint) {
        return SyntaxProblem.of(TokenFilter.span(token), message, hint);
    }

    // ---- Characters ------------------------------------------------------------------------------------------

    private SyntaxProblem characters() {
        if (found.getType() != STRAY) {
            return null;
        }
        String character = found.getText();
        String hint =
                switch (character) {
                    case "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb" -> "text stands in straight quotes `\"`";
                    case "'", "\u2018", "\u2019", "`" -> "text stands in double quotes `\"`";
                    case "\u2212", "\u2013", "\u2014" -> "minus is written `-`";
                    case "\u00d7", "\u22c5", "\u00b7" -> "times is written `*`";
                    case "\u00f7" -> "divided by is written `/`";
                    case "\u2026" -> "a range is written `1..10`";
                    case "?" -> "choose with `if c { a } else { b }`";
                    case "\\" -> "a line goes on after an operator or comma, and inside parentheses";
                    case "@", "$", "~" -> null;
                    default -> null;
                };
        String name = character.length() == 1 && character.charAt(0) > ' '
                ? "`" + character + "`"
                : "this character (U+" + hex(character.codePointAt(0)) + ")";
        return at(found, name + " means nothing in Meso", hint);
    }

    private static String hex(int codePoint) {
        String digits = Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    // ---- Words of other languages ----------------------------------------------------------------------------

    private SyntaxProblem otherLanguages() {
        if (previous == null || previous.getType() != NAME && previous.getType() != PRIMED) {
            return foreignFound();
        }
        if (previous.getText().equals("print") && startsExpression(found.getType())) {
            return at(found, "a call needs parentheses", "write `print(…)`");
        }
        String hint = foreign(previous.getText());
        if (hint == null || !startsExpression(found.getType()) && found.getType() != COLON) {
            return foreignFound();
        }
        return at(previous, "`" + previous.getText() + "` is no word of Meso", hint);
    }

    private SyntaxProblem foreignFound() {
        if (found.getType() == LBRACE && first != found) {
            TokenStream stream = (TokenStream) error.getInputStream();
            for (int i = first.getTokenIndex(); i < found.getTokenIndex(); i++) {
                Token token = stream.get(i);
                if (token.getType() == NAME && token.getText().equals("function")) {
                    return at(token, "`function` is no word of Meso", "write `fn f(x) = …` or `x => …`");
                }
            }
        }
        if (found.getType() != NAME) {
            return null;
        }
        return switch (found.getText()) {
            case "then", "do", "begin" ->
                at(found, "`" + found.getText() + "` is no word of Meso", "a block stands in braces: `{ … }`");
            case "end", "endif", "fi", "done" ->
                at(found, "`" + found.getText() + "` is no word of Meso", "a block ends with `}`");
            case "elif", "elseif", "elsif" ->
                at(found, "`" + found.getText() + "` is no word of Meso", "write `else if`");
            default -> null;
        };
    }

    private static String foreign(String word) {
        return switch (word) {
            case "def", "function", "func", "fun", "proc", "sub" -> "a function is written `fn f(x) = …`";
            case "lambda" -> "a function without a name is written `x => …`";
            case "const", "final", "val", "int", "float", "double", "local", "auto", "string" ->
                "write `let x = …`, or `var x = …` for what changes";
            case "elif", "elseif", "elsif" -> "write `else if`";
            case "using", "library", "require", "include" -> "write `import std.motifs` or `import \"file.meso\"`";
            case "class", "struct", "type", "enum" -> "a value with named parts is a record: `{name: \"AVA\", n: 2}`";
            case "switch", "match", "case" -> "choose with `if … { } else if … { }`";
            case "foreach" -> "write `for x in xs { … }`";
            case "unless", "until" -> "write `if not` or `while not`";
            case "try", "catch", "except", "raise", "throw", "finally" ->
                "Meso has no exceptions; `assert` stops the program";
            case "del", "yield", "await", "async", "with", "do", "begin", "then" -> "Meso has no `" + word + "`";
            default -> null;
        };
    }

    // ---- Clauses of declarations -----------------------------------------------------------------------------

    private SyntaxProblem clauses() {
        Body body = body();
        if (body == null) {
            return declarationName();
        }
        boolean atStart = first == found || first == previous && body != Body.MOTIF;
        if (body == Body.MOTIF && first != found) {
            return motifClause();
        }
        if (previous != null && previous.getType() == PRESERVE && first == previous) {
            return new SyntaxProblem(
                    TokenFilter.span(found),
                    describe(found) + " cannot stand here",
                    "what is preserved, such as `degrees`",
                    null,
                    null,
                    null);
        }
        if (!atStart || first.getType() == PRIMED || body.words.contains(first.getText())) {
            return null;
        }
        if (first == found && (found.getType() == RBRACE || found.getType() == Token.EOF)) {
            return null;
        }
        String near = Suggest.didYouMean(first.getText(), body.words);
        if (body == Body.DYNAMICS && first == found && next != null && next.getType() == ASSIGN) {
            near = "an equation is written `" + first.getText() + "' = …`, its left side being the derivative";
        }
        return new SyntaxProblem(
                TokenFilter.span(first),
                describe(first) + " does not start a part of " + body.name,
                body.parts,
                near.isEmpty() ? null : near,
                null,
                null);
    }

    /** The clause began with a variable, so what follows it is wrong. */
    private SyntaxProblem motifClause() {
        if (found.getType() == DOT || TokenFilter.isOperator(found.getType()) && first == previous) {
            return at(found, "`" + found.getText() + "` cannot stand here", "a condition starts with `where`");
        }
        if (previous != null && endsExpression(previous.getType()) && startsExpression(found.getType())) {
            return new SyntaxProblem(
                    TokenFilter.span(found),
                    "something is missing before " + describe(found),
                    first == previous
                            ? "an arrow: -> <- <-> or !>"
                            : "an arrow, `[condition]`, `within … hops` or a new line",
                    null,
                    null,
                    null);
        }
        return null;
    }

    /** The bodies whose parts start with certain words. */
    private enum Body {
        NULL(
                "a null model",
                List.of("preserve", "shuffle", "sample"),
                "`preserve …`, `shuffle weights`, `sample …` or `autapses allowed`"),
        MOTIF("a motif", List.of("where"), "an edge such as `a -> b`, or `where …`"),
        LOSS("a loss", List.of("term"), "`term name = …`"),
        DYNAMICS(
                "a dynamics",
                List.of("state", "input", "let", "spike", "on"),
                "`state`, `input`, `let`, an equation such as `v' = …`, `spike when …` or `on spike`");

        final String name;
        final List<String> words;
        final String parts;

        Body(String name, List<String> words, String parts) {
            this.name = name;
            this.words = words;
            this.parts = parts;
        }
    }

    /** The body the error stands in directly, or null. */
    private Body body() {
        RuleContext context = error.getCtx();
        while (context != null) {
            if (context instanceof MesoParser.NullModelContext) {
                return Body.NULL;
            } else if (context instanceof MesoParser.MotifContext) {
                return Body.MOTIF;
            } else if (context instanceof MesoParser.LossContext) {
                return Body.LOSS;
            } else if (context instanceof MesoParser.DynamicsContext) {
                return Body.DYNAMICS;
            } else if (context instanceof MesoParser.StatementContext
                    || context instanceof MesoParser.ExpressionContext
                    || context instanceof MesoParser.OperationContext
                    || context instanceof MesoParser.ParametersContext) {
                return null;
            }
            context = context.parent;
        }
        return null;
    }

    private SyntaxProblem declarationName() {
        if (previous == null || found.getType() != LBRACE) {
            return null;
        }
        return switch (previous.getType()) {
            case MOTIF, MODULE, LOSS, MODEL, DYNAMICS, NULL ->
                at(
                        found,
                        "the name of the " + kind(previous) + " is missing",
                        "write `" + previous.getText() + " Name { … }`");
            default -> null;
        };
    }

    private static String kind(Token keyword) {
        return keyword.getType() == NULL ? "null model" : keyword.getText();
    }

    // ---- Names -----------------------------------------------------------------------------------------------

    private SyntaxProblem names() {
        if (previous == null || !takesName(previous.getType())) {
            return null;
        }
        if (previous.getType() == FN && found.getType() == LPAREN) {
            return at(found, "the name of the function is missing", "a function without a name is written `x => …`");
        }
        if (previous.getType() == FOR && found.getType() == LPAREN) {
            return at(found, "`for` takes no parentheses", "write `for x in xs { … }`");
        }
        if (isReserved(found)) {
            return at(found, "`" + found.getText() + "` is reserved and cannot be a name", "choose another name");
        }
        if (found.getType() == DIGIT_NAME || found.getType() == INTEGER) {
            return at(found, "a name cannot start with a digit", "write `n" + found.getText() + "`");
        }
        return null;
    }

    private boolean takesName(int type) {
        return switch (type) {
            case LET, VAR, FN, FOR, MOTIF, MODULE, LOSS, MODEL, DYNAMICS, NULL, TERM, AS -> true;
            default -> false;
        };
    }

    private static boolean isReserved(Token token) {
        return token.getType() >= LET && token.getType() <= NOT;
    }

    // ---- Signs -----------------------------------------------------------------------------------------------

    private SyntaxProblem signs() {
        switch (found.getType()) {
            case PLUS_MINUS -> {
                return at(
                        found,
                        "`" + found.getText() + "` belongs to the end of `expect`",
                        "write `expect a == b +- tolerance`; in arithmetic write `a + -b`");
            }
            case ARROW_TO, ARROW_MUTUAL, ARROW_ABSENT, SLIPPED_ARROW, FAT_ARROW -> {
                return arrow();
            }
            case ASSIGN -> {
                return assign();
            }
            case COLON -> {
                return colon();
            }
            case COMMA -> {
                return error.getCtx() instanceof MesoParser.IndexExpressionContext
                        ? at(found, "an index is one value", "write `x[1][2]`")
                        : null;
            }
            case SLASH -> {
                return first.getType() == IMPORT
                        ? at(
                                found,
                                "`/` cannot stand here",
                                "the name of a file stands in quotes: `import \"a/b.meso\"`")
                        : null;
            }
            case DOT -> {
                return next != null && next.getType() == INTEGER
                        ? at(found, "a number does not start with a dot", "write `0." + next.getText() + "`")
                        : null;
            }
            case NEWLINE -> {
                return insideBrackets() && next != null && (next.getType() == LPAREN || next.getType() == LBRACKET)
                        ? at(
                                next,
                                "this `" + next.getText() + "` starts a line inside brackets",
                                "separate items with a comma; the `" + next.getText()
                                        + "` of a call or index stands on the line of what it belongs to")
                        : null;
            }
            case SEMICOLON -> {
                return insideGroup() ? at(found, "`;` cannot stand inside brackets", "separate with commas") : null;
            }
            default -> {}
        }
        if (previous != null && previous.getType() == DOT && isNumber(beforePrevious)) {
            return at(previous, "a number does not end with a dot", "write `" + beforePrevious.getText() + ".0`");
        }
        return null;
    }

    private SyntaxProblem arrow() {
        if (previous == null || !endsExpression(previous.getType()) || body() == Body.MOTIF) {
            return null;
        }
        if (found.getType() == FAT_ARROW && beforePrevious != null && beforePrevious.getType() == PIPE) {
            return at(previous, "what stands right of `|>` must be a call or a name", "write `x |> f(y)`");
        }
        if (found.getType() == FAT_ARROW && previous.getType() == NAME) {
            return at(found, "a function `x => …` cannot be an operand", "put it in parentheses");
        }
        String hint = found.getType() == FAT_ARROW
                ? "parameters are names: `(a, b) => a + b`"
                : "edges stand in a motif: `motif m { a -> b }`; a function is written `x => …`";
        return at(found, "`" + found.getText() + "` cannot stand in an expression", hint);
    }

    private SyntaxProblem assign() {
        if (beforePrevious != null && beforePrevious.getType() == FOR) {
            return at(found, "`for` goes through the items of a value", "write `for i in 1..10 { … }`");
        }
        if (beforePrevious != null && (beforePrevious.getType() == LBRACE || beforePrevious.getType() == COMMA)) {
            return at(found, "`=` cannot stand here", "in a record write `{name: value}`; to compare write `==`");
        }
        return at(found, "`=` cannot stand here", "to compare write `==`; to define write `let x = …`");
    }

    private SyntaxProblem colon() {
        switch (first.getType()) {
            case IF, ELSE, FOR, WHILE, FN -> {
                return at(found, "`:` does not open a block", "a block stands in braces: `{ … }`");
            }
            case LET, VAR -> {
                return first == beforePrevious
                        ? at(found, "names are declared without a type", "write `let x = …`")
                        : rangeColon();
            }
            default -> {
                return rangeColon();
            }
        }
    }

    private SyntaxProblem rangeColon() {
        return isNumber(previous) ? at(found, "`:` cannot stand here", "a range is written `1..10`") : null;
    }

    private static boolean isNumber(Token token) {
        return token != null && (token.getType() == INTEGER || token.getType() == DOUBLE);
    }

    // ---- Blocks ----------------------------------------------------------------------------------------------

    private SyntaxProblem blocks() {
        if (found.getType() == ELSE) {
            return at(found, "this `else` has no `if` before it", "write `if c { … } else { … }`");
        }
        if (previous != null && previous.getType() == LBRACE && beforePrevious != null) {
            if (beforePrevious.getType() == IF || beforePrevious.getType() == WHILE) {
                return at(previous, "the condition is missing", "write `" + beforePrevious.getText() + " a > b { … }`");
            }
        }
        IntervalSet expected = expected();
        boolean wantsBlock = expected.contains(LBRACE) && !expected.contains(INTEGER);
        boolean early = found.getType() == Token.EOF || isSeparator(found);
        if (wantsBlock && startsBlockStatement() && (early || startsExpression(found.getType()))) {
            return new SyntaxProblem(
                    early ? endOfPrevious() : TokenFilter.span(found),
                    early ? "the block is missing" : describe(found) + " stands where the block should start",
                    "`{` on the same line",
                    "a block stands in braces: `{ … }`",
                    null,
                    null);
        }
        return null;
    }

    private boolean startsBlockStatement() {
        return switch (first.getType()) {
            case IF, FOR, WHILE, FN -> true;
            default -> previous != null && previous.getType() == ELSE;
        };
    }

    // ---- Two things side by side -----------------------------------------------------------------------------

    private SyntaxProblem sideBySide() {
        if (previous == null || !endsExpression(previous.getType())) {
            return null;
        }
        if (startsStatement(found.getType())) {
            return new SyntaxProblem(
                    TokenFilter.span(found),
                    describe(found) + " does not start on a new line",
                    "a new line or `;` before it",
                    null,
                    null,
                    null);
        }
        if (!startsExpression(found.getType())) {
            return null;
        }
        if (isNumber(previous) && found.getType() == NAME && previous.getLine() == found.getLine()) {
            String near = Suggest.didYouMean(found.getText(), Units.names());
            return at(
                            found,
                            "`" + found.getText() + "` is no unit",
                            near.isEmpty()
                                    ? "to multiply write `" + previous.getText() + " * " + found.getText() + "`"
                                    : near)
                    .as(ErrorCode.UNKNOWN_UNIT);
        }
        IntervalSet expected = expected();
        if (expected.size() == 1 && expected.contains(LBRACE)) {
            return null;
        }
        boolean group = insideGroup();
        return new SyntaxProblem(
                TokenFilter.span(found),
                "something is missing before " + describe(found),
                group ? "an operator or a comma" : "an operator, or a new line for a new statement",
                null,
                null,
                null);
    }

    /** Whether the innermost open bracket is round or square. */
    private boolean insideBrackets() {
        TokenStream stream = (TokenStream) error.getInputStream();
        int closed = 0;
        for (int i = found.getTokenIndex() - 1; i >= 0; i--) {
            switch (stream.get(i).getType()) {
                case RPAREN, RBRACKET, RBRACE -> closed++;
                case LPAREN, LBRACKET, LBRACE, INTERPOLATION_OPEN -> {
                    if (closed == 0) {
                        return stream.get(i).getType() == LPAREN
                                || stream.get(i).getType() == LBRACKET;
                    }
                    closed--;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Whether commas separate here. */
    private boolean insideGroup() {
        if (insideBrackets()) {
            return true;
        }
        RuleContext context = error.getCtx();
        while (context != null) {
            if (context instanceof MesoParser.RecordLiteralContext) {
                return true;
            }
            if (context instanceof MesoParser.StatementContext) {
                return false;
            }
            context = context.parent;
        }
        return false;
    }

    private static boolean endsExpression(int type) {
        return switch (type) {
            case NAME, INTEGER, DOUBLE, UNIT, RPAREN, RBRACKET, RBRACE, TEXT_CLOSE, BLOCK_TEXT_CLOSE, QUOTED -> true;
            case TRUE, FALSE, NONE, DIGIT_NAME -> true;
            default -> type >= MOTIF && type <= REFRACTORY;
        };
    }

    private static boolean startsExpression(int type) {
        return switch (type) {
            case NAME, INTEGER, DOUBLE, LPAREN, LBRACKET, TEXT_OPEN, BLOCK_TEXT_OPEN, QUOTED, DIGIT_NAME -> true;
            case TRUE, FALSE, NONE, NOT, IF, PRIMED -> true;
            default -> type >= MOTIF && type <= REFRACTORY;
        };
    }

    private static boolean startsStatement(int type) {
        return switch (type) {
            case LET, VAR, FN, FOR, WHILE, BREAK, CONTINUE, RETURN, IMPORT, ASSERT, EXPECT, NULL -> true;
            default -> false;
        };
    }

    private static boolean isSeparator(Token token) {
        return token.getType() == NEWLINE || token.getType() == SEMICOLON;
    }

    // ---- Everything else -------------------------------------------------------------------------------------

    private SyntaxProblem general() {
        String expected = expectedWords();
        boolean end = found.getType() == Token.EOF || found.getType() == NEWLINE;
        String message = end ? "this ends too early" : describe(found) + " cannot stand here";
        return new SyntaxProblem(end ? endOfPrevious() : TokenFilter.span(found), message, expected, null, null, null);
    }

    private Span endOfPrevious() {
        int after = previous == null ? found.getStartIndex() : previous.getStopIndex() + 1;
        return new Span(after, after);
    }

    private static String describe(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "the end";
            case NEWLINE -> "the end of the line";
            case TEXT_OPEN, BLOCK_TEXT_OPEN -> "this string";
            default -> "`" + shortened(token.getText()) + "`";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 30 ? text : text.substring(0, text.offsetByCodePoints(0, 27)) + "…";
    }

    /** What the parser could take at the place of the error; empty where it only knows that a longer stretch is wrong. */
    private IntervalSet expected() {
        boolean exact = !(error instanceof NoViableAltException no) || no.getStartToken() == found;
        IntervalSet set = exact ? error.getExpectedTokens() : null;
        return set == null ? new IntervalSet() : set;
    }

    private String expectedWords() {
        if (error.getCtx() instanceof MesoParser.LinkRangeContext && found.getType() != HOPS) {
            return "`hops`, as in `within 3 hops`";
        }
        IntervalSet set = expected();
        if (set.size() == 0) {
            return null;
        }
        if (error.getCtx() instanceof MesoParser.ArrowContext
                || error.getCtx() instanceof MesoParser.PathClauseContext) {
            return "an arrow: -> <- <-> or !>";
        }
        if (set.contains(LET) && set.contains(IMPORT) && !set.contains(COLON)) {
            return set.contains(LBRACE) && set.contains(INTEGER) ? "a statement" : "a word";
        }
        if (set.contains(INTEGER) && set.contains(TEXT_OPEN)) {
            return "an expression";
        }
        if (set.contains(NAME)) {
            return error.getCtx() instanceof MesoParser.MotifNodeContext ? "a motif variable" : "a name";
        }
        StringBuilder words = new StringBuilder();
        int count = 0;
        for (int type : set.toList()) {
            String word = literal(type);
            if (word != null && words.indexOf(word) < 0) {
                words.append(count == 0 ? "" : ", ").append(word);
                count++;
            }
        }
        if (count == 0 || count > 4) {
            return null;
        }
        int comma = words.lastIndexOf(", ");
        return comma < 0
                ? words.toString()
                : words.replace(comma, comma + 2, " or ").toString();
    }

    /** How a token reads in a list of what could stand there; null for what only slips have. */
    private static String literal(int type) {
        return switch (type) {
            case Token.EOF, NEWLINE -> "a new line";
            case COLON_ASSIGN, SLIPPED_ARROW, SLIPPED_EQUAL, DOUBLE_PLUS, SEMICOLON -> null;
            case UNIT -> "a unit";
            case LBRACE -> "`{`";
            default -> {
                String name = VOCABULARY.getLiteralName(type);
                yield name == null ? null : "`" + name.substring(1, name.length() - 1) + "`";
            }
        };
    }
}
