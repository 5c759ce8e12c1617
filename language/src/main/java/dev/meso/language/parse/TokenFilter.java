package dev.meso.language.parse;

import static dev.meso.grammar.MesoLexer.*;

import dev.meso.language.ast.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Reads the tokens of the lexer once and decides what depends on the surroundings: which newlines separate (the others
 * are hidden), where a separator is understood after a closing brace, which words after a number are a unit. It also
 * matches brackets, because it knows better than the parser which one was forgotten.
 */
final class TokenFilter {
    /** Brackets inside each other; the contract of the language. */
    static final int DEEPEST = 200;

    /** What a bracket is, which decides about newlines inside it. */
    private enum Kind {
        /** Round or square: newlines mean nothing. */
        GROUP,
        /** Braces of a block, declaration or clause: newlines separate, and none is needed after it. */
        BLOCK,
        /** Braces of a record: newlines separate. */
        RECORD,
        INTERPOLATION,
        LINE_TEXT,
        BLOCK_TEXT
    }

    private record Open(Token token, Kind kind, int closer) {}

    private final List<Token> raw;
    private final List<Token> out;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private final List<Integer> boundaries = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean tooDeep;
    private Token openComment;

    /** The last token that is not hidden, and the one before. */
    private Token previous;

    private Token beforePrevious;
    private boolean blockClosed;

    /** The newline or semicolon since then; a semicolon wins. */
    private Token pending;

    private TokenFilter(List<Token> raw) {
        this.raw = raw;
        this.out = new ArrayList<>(raw.size() + 8);
    }

    /**
     * @param tokens all tokens; their index is their place in this list; hidden ones are on the hidden channel
     * @param problems mistakes found on the way: brackets, strings
     * @param boundaries where in {@code tokens} statements start that stand in no bracket, without the first
     * @param open the innermost bracket, string or comment that the text leaves open, or null
     * @param tooDeep whether brackets are nested too deeply to go on
     */
    record Result(
            List<Token> tokens, List<SyntaxProblem> problems, List<Integer> boundaries, Token open, boolean tooDeep) {}

    static Result filter(String text) {
        return new TokenFilter(SourceLexer.tokens(text)).run();
    }

    private Result run() {
        int i = 0;
        while (i < raw.size() && !tooDeep) {
            i = take(i);
        }
        for (int k = 0; k < out.size(); k++) {
            ((CommonToken) out.get(k)).setTokenIndex(k);
        }
        Token unclosed = openComment != null
                ? openComment
                : open.isEmpty() ? null : open.peek().token();
        return new Result(out, problems, boundaries, unclosed, tooDeep);
    }

    /** Handles the token at {@code i} (with what belongs to it) and gives the index of the next. */
    private int take(int i) {
        Token token = raw.get(i);
        if (token.getChannel() != Token.DEFAULT_CHANNEL) {
            hidden(token);
            return i + 1;
        }
        switch (token.getType()) {
            case NAME, PRIMED -> letters(token);
            case NEWLINE -> {
                newline(token);
                return i + 1;
            }
            case SEMICOLON -> {
                if (pending == null || pending.getType() == NEWLINE) {
                    pending = token;
                }
                hide(token);
                out.add(token);
                return i + 1;
            }
            case DIGIT_NAME -> {
                letters(token);
                int letter = unitStart(token.getText());
                if (letter > 0) {
                    return takeJoinedQuantity(i, token, letter);
                }
            }
            default -> {}
        }
        if (token.getType() == Token.EOF) {
            closeLineText(token);
        }
        separate(i, token);
        brackets(token);
        out.add(token);
        boolean wasNumber = token.getType() == INTEGER || token.getType() == DOUBLE;
        return wasNumber ? takeUnit(i + 1) : i + 1;
    }

    /** Refuses characters in a name that are no letters or digits; the lexer knows them only roughly. */
    private void letters(Token token) {
        String text = token.getText();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            int codePoint = text.codePointAt(i);
            int start = token.getStartIndex() + i;
            int length = Character.charCount(codePoint);
            boolean first = i == 0;
            if (first
                    ? !Character.isUnicodeIdentifierStart(codePoint)
                    : !Character.isUnicodeIdentifierPart(codePoint)) {
                problems.add(SyntaxProblem.of(
                        new Span(start, start + length),
                        "`" + text.substring(i, i + length) + "` cannot stand in a name",
                        "names are made of letters, digits and `_`"));
                return;
            }
            i += length - 1;
        }
    }

    private void hidden(Token token) {
        out.add(token);
        if (token.getType() == HASH_COMMENT) {
            problems.add(SyntaxProblem.of(span(token), "`#` does not start a comment", "write `// …`"));
        } else if (token.getType() == OPEN_COMMENT) {
            openComment = token;
        }
    }

    private void newline(Token token) {
        closeLineText(token);
        if (pending == null) {
            pending = token;
        }
        hide(token);
        out.add(token);
    }

    /** A string ends at the end of its line at the latest; brackets opened on that line before it are forgotten with it. */
    private void closeLineText(Token token) {
        if (!inLineText()) {
            return;
        }
        Open inner = null;
        Open text = null;
        while (inLineText()) {
            Open o = open.pop();
            inner = o.kind() == Kind.LINE_TEXT ? inner : o;
            text = o.kind() == Kind.LINE_TEXT ? o : text;
        }
        while (!open.isEmpty()
                && open.peek().kind() == Kind.GROUP
                && open.peek().token().getLine() == text.token().getLine()) {
            open.pop();
        }
        Span unclosed = new Span(text.token().getStartIndex(), token.getStartIndex());
        if (inner == null) {
            problems.add(SyntaxProblem.of(
                    unclosed,
                    "this string is not closed on its line",
                    "end it with `\"`, or use `\"\"\"` for text over several lines"));
        } else {
            problems.add(new SyntaxProblem(
                    span(inner.token()),
                    "this `" + inner.token().getText() + "` in a string is not closed",
                    null,
                    "add `" + closing(inner.token()) + "`; a brace that is text is written `\\{`",
                    unclosed,
                    "the string"));
        }
    }

    private boolean inLineText() {
        for (Open o : open) {
            if (o.kind() == Kind.LINE_TEXT) {
                return true;
            }
        }
        return false;
    }

    // ---- Separators ------------------------------------------------------------------------------------------

    /** Decides whether what stands between the previous token and this one separates. */
    private void separate(int i, Token token) {
        if (pending != null && pending.getType() == NEWLINE && startsOnlyStatements(token) && !labels(i)) {
            closeForgotten(token);
        }
        if (pending == null) {
            if (blockClosed && startsItem(token.getType()) && newlinesSeparate()) {
                out.add(separator(token));
                boundary();
            }
        } else if (separates(i, token)) {
            ((CommonToken) pending).setChannel(Token.DEFAULT_CHANNEL);
            boundary();
        }
        pending = null;
        blockClosed = false;
        beforePrevious = previous;
        previous = token;
    }

    private void boundary() {
        if (open.isEmpty()) {
            boundaries.add(out.size());
        }
    }

    private boolean separates(int i, Token token) {
        int type = token.getType();
        if (previous == null || type == Token.EOF || type == RBRACE || previous.getType() == LBRACE) {
            return false;
        }
        if (pending.getType() == SEMICOLON) {
            return true;
        }
        if (!newlinesSeparate()) {
            // The `(` of a call and the `[` of an index stand on the line of what they belong to.
            return (type == LPAREN || type == LBRACKET) && endsValue(previous);
        }
        if (endsOpen()) {
            return false;
        }
        boolean continues = type == PIPE || type == DOT || type == ELSE || type == AND || type == OR;
        return !continues || labels(i);
    }

    private static boolean endsValue(Token token) {
        return switch (token.getType()) {
            case NAME, RPAREN, RBRACKET, RBRACE, TEXT_CLOSE, BLOCK_TEXT_CLOSE -> true;
            default -> token.getType() >= MOTIF && token.getType() <= REFRACTORY;
        };
    }

    private boolean newlinesSeparate() {
        return open.isEmpty() || open.peek().kind() == Kind.BLOCK || open.peek().kind() == Kind.RECORD;
    }

    /** Whether the line so far ends in an operator or comma. A word after a dot is a name: {@code x.in}. */
    private boolean endsOpen() {
        return isOperator(previous.getType()) && !(isWord(previous) && isDot(beforePrevious));
    }

    static boolean isOperator(int type) {
        return switch (type) {
            case PLUS_MINUS, PLUS_ASSIGN, MINUS_ASSIGN, STAR_ASSIGN, SLASH_ASSIGN, PERCENT_ASSIGN, POWER_ASSIGN -> true;
            case PLUS, MINUS, STAR, SLASH, PERCENT, POWER, DOUBLE_STAR, BANG, ASSIGN, COLON_ASSIGN -> true;
            case EQUAL, NOT_EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL, LESS, GREATER, SLIPPED_EQUAL -> true;
            case FAT_ARROW, ARROW_TO, ARROW_FROM, ARROW_MUTUAL, ARROW_ABSENT, SLIPPED_ARROW -> true;
            case PIPE, DOT_DOT, DOT, COMMA, COLON, DOUBLE_AMPERSAND, DOUBLE_BAR, AND, OR, NOT, IN -> true;
            default -> false;
        };
    }

    private static boolean isWord(Token token) {
        return Character.isLetter(token.getText().codePointAt(0));
    }

    private static boolean isDot(Token token) {
        return token != null && token.getType() == DOT;
    }

    /** Whether a colon follows the word at {@code i}: then it is the name of an argument or field. */
    private boolean labels(int i) {
        for (int k = i + 1; k < raw.size(); k++) {
            Token next = raw.get(k);
            if (next.getChannel() == Token.DEFAULT_CHANNEL) {
                return next.getType() == COLON;
            }
        }
        return false;
    }

    private static boolean startsOnlyStatements(Token token) {
        return switch (token.getType()) {
            case LET, VAR, FN, FOR, WHILE, BREAK, CONTINUE, RETURN, IMPORT, ASSERT, EXPECT -> true;
            default -> false;
        };
    }

    /** What may stand right after a block without a separator. Words that go on with an expression are not here. */
    private static boolean startsItem(int type) {
        return switch (type) {
            case LET, VAR, FN, IF, FOR, WHILE, BREAK, CONTINUE, RETURN, IMPORT, ASSERT, EXPECT, NULL -> true;
            case TRUE, FALSE, NONE, NAME, PRIMED, INTEGER, DOUBLE, TEXT_OPEN, BLOCK_TEXT_OPEN, DIGIT_NAME -> true;
            case MOTIF, MODULE, LOSS, MODEL, DYNAMICS, ON, WHERE, PRESERVE, EXPECTED, SHUFFLE, SAMPLE -> true;
            case LAYERS, OPTIONAL, TERM, STATE, INPUT, SPIKE, REFRACTORY -> true;
            default -> false;
        };
    }

    private static Token separator(Token before) {
        CommonToken made = new CommonToken(before);
        made.setType(NEWLINE);
        made.setText("");
        made.setStopIndex(before.getStartIndex() - 1);
        return made;
    }

    // ---- Brackets --------------------------------------------------------------------------------------------

    private void brackets(Token token) {
        switch (token.getType()) {
            case LPAREN -> push(token, Kind.GROUP, RPAREN);
            case LBRACKET -> push(token, Kind.GROUP, RBRACKET);
            case LBRACE -> push(token, opensBlock() ? Kind.BLOCK : Kind.RECORD, RBRACE);
            case INTERPOLATION_OPEN -> push(token, Kind.INTERPOLATION, RBRACE);
            case TEXT_OPEN -> push(token, Kind.LINE_TEXT, TEXT_CLOSE);
            case BLOCK_TEXT_OPEN -> push(token, Kind.BLOCK_TEXT, BLOCK_TEXT_CLOSE);
            case RPAREN, RBRACKET, RBRACE, TEXT_CLOSE, BLOCK_TEXT_CLOSE -> close(token);
            default -> {}
        }
    }

    private void push(Token token, Kind kind, int closer) {
        if (open.size() == DEEPEST) {
            tooDeep = true;
            problems.add(SyntaxProblem.of(
                    span(token),
                    "brackets are nested more than " + DEEPEST + " levels deep",
                    "give the inner parts names with `let`"));
            return;
        }
        open.push(new Open(token, kind, closer));
    }

    /** A brace after the end of an expression, {@code else} or {@code =>} opens a block; elsewhere a record. */
    private boolean opensBlock() {
        if (beforePrevious == null) {
            return false;
        }
        return switch (beforePrevious.getType()) {
            case ELSE, FAT_ARROW, RPAREN, RBRACKET, RBRACE, TEXT_CLOSE, BLOCK_TEXT_CLOSE, INTEGER, DOUBLE, UNIT -> true;
            case TRUE, FALSE, NONE -> true;
            case RETURN, ASSERT, EXPECT, IF, WHILE, IN, AND, OR, NOT, NEWLINE, SEMICOLON -> false;
            default -> isWord(beforePrevious);
        };
    }

    private void close(Token token) {
        if (!open.isEmpty() && open.peek().closer() == token.getType()) {
            blockClosed = open.pop().kind() == Kind.BLOCK;
            return;
        }
        boolean matchesDeeper = false;
        for (Open o : open) {
            matchesDeeper |= o.closer() == token.getType();
        }
        if (!matchesDeeper && !open.isEmpty() && open.peek().kind() == Kind.GROUP && token.getType() != RBRACE) {
            Token opener = open.pop().token();
            problems.add(new SyntaxProblem(
                    span(token),
                    "`" + token.getText() + "` does not close `" + opener.getText() + "`",
                    null,
                    "write `" + closing(opener) + "`",
                    span(opener),
                    "opened here"));
            return;
        }
        if (!matchesDeeper) {
            problems.add(SyntaxProblem.of(
                    span(token), "this `" + token.getText() + "` closes nothing", "remove it, or open it before"));
            return;
        }
        while (open.peek().closer() != token.getType()) {
            notClosed(open.pop(), token, "`" + token.getText() + "` stands where it should be closed");
        }
        blockClosed = open.pop().kind() == Kind.BLOCK;
    }

    /** A line that starts with a word that only starts statements ends round and square brackets left open. */
    private void closeForgotten(Token token) {
        while (!open.isEmpty() && open.peek().kind() == Kind.GROUP) {
            notClosed(open.pop(), token, "the statement `" + token.getText() + "` starts here");
        }
    }

    private void notClosed(Open forgotten, Token at, String label) {
        problems.add(new SyntaxProblem(
                span(forgotten.token()),
                "this `" + forgotten.token().getText() + "` is not closed",
                null,
                "add `" + closing(forgotten.token()) + "`",
                span(at),
                label));
    }

    /** What closes a bracket, string or comment. */
    static String closing(Token token) {
        return switch (token.getType()) {
            case LPAREN -> ")";
            case LBRACKET -> "]";
            case TEXT_OPEN -> "\"";
            case BLOCK_TEXT_OPEN -> "\"\"\"";
            case OPEN_COMMENT -> "*/";
            default -> "}";
        };
    }

    // ---- Units -----------------------------------------------------------------------------------------------

    /** Where the unit starts in {@code 20um}; 0 where what follows the digits is no unit. */
    private static int unitStart(String text) {
        int letter = 0;
        while (letter < text.length() && (isDigit(text.charAt(letter)) || text.charAt(letter) == '_')) {
            letter++;
        }
        boolean number = letter > 0 && isDigit(text.charAt(letter - 1));
        return number && Units.isName(text.substring(letter)) ? letter : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Makes {@code 20um} two tokens. */
    private int takeJoinedQuantity(int i, Token token, int letter) {
        String text = token.getText();
        int middle = token.getStartIndex() + letter;
        Token number = piece(token, INTEGER, token.getStartIndex(), middle, text.substring(0, letter));
        separate(i, number);
        out.add(number);
        return addUnit(piece(token, NAME, middle, token.getStopIndex() + 1, text.substring(letter)), i + 1);
    }

    /** Where a unit follows a number on its line, adds it as one token; gives the index of what comes after. */
    private int takeUnit(int from) {
        int i = from;
        while (raw.get(i).getType() == WHITESPACE) {
            i++;
        }
        if (!isUnit(i)) {
            return from;
        }
        for (int k = from; k < i; k++) {
            out.add(raw.get(k));
        }
        return addUnit(raw.get(i), i + 1);
    }

    /** Adds the unit that starts with {@code first} and goes on at {@code from}: {@code um}, {@code uF/cm^2}. */
    private int addUnit(Token first, int from) {
        int end = from;
        StringBuilder text = new StringBuilder(first.getText());
        while (true) {
            int length = unitPart(end);
            if (length == 0) {
                break;
            }
            for (int k = end; k < end + length; k++) {
                text.append(raw.get(k).getText());
            }
            end += length;
        }
        int stop = end == from ? first.getStopIndex() : raw.get(end - 1).getStopIndex();
        Token unit = piece(first, UNIT, first.getStartIndex(), stop + 1, text.toString());
        beforePrevious = previous;
        previous = unit;
        out.add(unit);
        return end;
    }

    /** How many tokens at {@code i} go on with a unit: {@code /s}, {@code ^2}, {@code ^-1}. */
    private int unitPart(int i) {
        int type = raw.get(i).getType();
        if ((type == SLASH || type == STAR) && isUnit(i + 1)) {
            return 2;
        }
        if (type == POWER && isInteger(i + 1)) {
            return 2;
        }
        return type == POWER && raw.get(i + 1).getType() == MINUS && isInteger(i + 2) ? 3 : 0;
    }

    private boolean isUnit(int i) {
        return i < raw.size()
                && raw.get(i).getType() == NAME
                && Units.isName(raw.get(i).getText());
    }

    private boolean isInteger(int i) {
        return i < raw.size() && raw.get(i).getType() == INTEGER;
    }

    private static CommonToken piece(Token from, int type, int start, int end, String text) {
        CommonToken made = new CommonToken(from);
        made.setType(type);
        made.setStartIndex(start);
        made.setStopIndex(end - 1);
        made.setCharPositionInLine(from.getCharPositionInLine() + start - from.getStartIndex());
        made.setText(text);
        return made;
    }

    private static void hide(Token token) {
        ((CommonToken) token).setChannel(Token.HIDDEN_CHANNEL);
    }

    static Span span(Token token) {
        int start = token.getStartIndex();
        return new Span(start, Math.max(start, token.getStopIndex() + 1));
    }
}
