package dev.meso.language.format;

import static dev.meso.grammar.MesoLexer.*;

import dev.meso.language.parse.SourceReader;
import dev.meso.language.parse.SourceTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * The canonical layout of a program. Indentation is four spaces, spaces between words and signs are set, at most one blank
 * line stands between lines, comments at the ends of neighbouring lines are aligned. Line breaks stay where the author put
 * them, comments and strings are not touched. Formatting twice changes nothing more, and the meaning never changes.
 */
public final class Formatter {
    private static final int STEP = 4;

    /** An open bracket and the indentation of its line. */
    private record Open(Token token, int indentation) {}

    private final String text;
    private final List<Token> tokens;
    private final Roles roles;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Lines lines = new Lines();

    private Formatter(String text, SourceTree source) {
        this.text = text;
        this.tokens = source.tokens();
        this.roles = Roles.of(source);
    }

    /**
     * The text in canonical layout, ending in one line break (empty for an empty program).
     *
     * @throws IllegalArgumentException where the text is not a program; ask {@link SourceReader#read} first
     */
    public static String format(String text) {
        return new Formatter(text, SourceReader.tree(text)).run();
    }

    private String run() {
        Token previous = null;
        int i = 0;
        while (i < tokens.size()) {
            int next = i;
            while (isGap(tokens.get(next))) {
                next++;
            }
            Token token = tokens.get(next);
            gap(previous, i, token, next);
            if (token.getType() == Token.EOF) {
                break;
            }
            i = write(next);
            previous = tokens.get(i - 1);
        }
        return lines.text();
    }

    /** Whether it is space, a comment or a separator. */
    private static boolean isGap(Token token) {
        return token.getType() != Token.EOF
                && (token.getChannel() != Token.DEFAULT_CHANNEL
                        || token.getType() == NEWLINE
                        || token.getType() == SEMICOLON);
    }

    // ---- Between two tokens ----------------------------------------------------------------------------------

    /** Writes what stands between {@code previous} and {@code next}: the tokens from {@code from} to {@code to}. */
    private void gap(Token previous, int from, Token next, int to) {
        boolean separated = false;
        for (int i = from; i < to; i++) {
            separated |= tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL;
        }
        int indentation = indentation(previous, separated, next);
        int commentIndentation = isCloser(next) && !open.isEmpty() ? open.peek().indentation() + STEP : indentation;
        Token before = previous;
        int breaks = 0;
        boolean broken = false;
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            if (token.getType() == NEWLINE && token.getStopIndex() >= token.getStartIndex()) {
                breaks++;
                broken = true;
            } else if (token.getType() == SEMICOLON && !broken) {
                semicolon(previous, i, to);
            } else if (isComment(token)) {
                comment(before, token, breaks, commentIndentation);
                before = token;
                breaks = 0;
            }
        }
        if (next.getType() == Token.EOF) {
            return;
        }
        if (breaks > 0 || before == null || isLineComment(before)) {
            boolean blank = breaks > 1 && before != null && !isOpener(before) && !isCloser(next);
            lines.start(indentation, blank);
        } else if (isComment(before) || spaced(previous, next)) {
            lines.space();
        }
    }

    /** A semicolon stays where another item follows on its line. */
    private void semicolon(Token previous, int at, int to) {
        if (previous == null || previous.getType() == LBRACE || tokens.get(at).getChannel() != Token.DEFAULT_CHANNEL) {
            return;
        }
        for (int i = at + 1; i < to; i++) {
            if (tokens.get(i).getType() == NEWLINE) {
                return;
            }
        }
        lines.add(";");
    }

    private void comment(Token before, Token comment, int breaks, int indentation) {
        String written = comment.getText().stripTrailing();
        if (before != null && breaks == 0 && !isLineComment(before)) {
            if (isLineComment(comment)) {
                lines.trail(written);
            } else {
                if (!isGroupOpener(before)) {
                    lines.space();
                }
                lines.add(written);
            }
            return;
        }
        lines.start(indentation, breaks > 1 && before != null && !isOpener(before));
        lines.add(written);
    }

    private static boolean isComment(Token token) {
        return token.getType() == LINE_COMMENT || token.getType() == DOC_COMMENT || token.getType() == BLOCK_COMMENT;
    }

    private static boolean isLineComment(Token token) {
        return token.getType() == LINE_COMMENT || token.getType() == DOC_COMMENT;
    }

    /** The indentation of a line that starts with {@code next}. */
    private int indentation(Token previous, boolean separated, Token next) {
        if (open.isEmpty()) {
            return previous == null || separated || next.getType() == ELSE || next.getType() == Token.EOF ? 0 : STEP;
        }
        Open inner = open.peek();
        if (isCloser(next)) {
            return inner.indentation();
        }
        int base = inner.indentation() + STEP;
        boolean starts = separated
                || inner.token().getType() != LBRACE
                || isOpener(previous)
                || next.getType() == ELSE
                || previous.getType() == COMMA
                        && roles.recordBraces.get(inner.token().getTokenIndex());
        return starts ? base : base + STEP;
    }

    private static boolean isOpener(Token token) {
        return isGroupOpener(token) || token.getType() == LBRACE;
    }

    private static boolean isGroupOpener(Token token) {
        return token.getType() == LPAREN || token.getType() == LBRACKET;
    }

    private static boolean isCloser(Token token) {
        return token.getType() == RPAREN || token.getType() == RBRACKET || token.getType() == RBRACE;
    }

    /** Whether a space stands between two tokens of one line. */
    private boolean spaced(Token left, Token right) {
        if (isGroupOpener(left) || roles.unary.get(left.getTokenIndex())) {
            return false;
        }
        switch (left.getType()) {
            case DOT, DOT_DOT -> {
                return false;
            }
            case LBRACE -> {
                return !roles.recordBraces.get(left.getTokenIndex()) && right.getType() != RBRACE;
            }
            case POWER -> {
                return powerOfQuantity(left);
            }
            default -> {}
        }
        return switch (right.getType()) {
            case COMMA, COLON, DOT, DOT_DOT, RPAREN, RBRACKET -> false;
            case LPAREN, LBRACKET -> !roles.attached.get(right.getTokenIndex());
            case RBRACE -> !roles.recordBraces.get(right.getTokenIndex());
            case POWER -> powerOfQuantity(right);
            default -> true;
        };
    }

    /** {@code 2 um ^ 2} is the power of a quantity; without spaces the sign would belong to the unit. */
    private boolean powerOfQuantity(Token power) {
        int i = power.getTokenIndex() - 1;
        while (isGap(tokens.get(i))) {
            i--;
        }
        return tokens.get(i).getType() == UNIT;
    }

    // ---- Tokens ----------------------------------------------------------------------------------------------

    /** Writes the token at {@code i}, a string as a whole; gives the index after it. */
    private int write(int i) {
        Token token = tokens.get(i);
        switch (token.getType()) {
            case TEXT_OPEN, BLOCK_TEXT_OPEN -> {
                int end = endOfText(i);
                lines.add(text.substring(token.getStartIndex(), tokens.get(end).getStopIndex() + 1));
                return end + 1;
            }
            case LPAREN, LBRACKET, LBRACE -> open.push(new Open(token, lines.indentation()));
            case RPAREN, RBRACKET, RBRACE -> open.pop();
            default -> {}
        }
        lines.add(token.getText());
        return i + 1;
    }

    private int endOfText(int start) {
        int depth = 0;
        for (int i = start; ; i++) {
            switch (tokens.get(i).getType()) {
                case TEXT_OPEN, BLOCK_TEXT_OPEN -> depth++;
                case TEXT_CLOSE, BLOCK_TEXT_CLOSE -> {
                    depth--;
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
    }

    // ---- Lines -----------------------------------------------------------------------------------------------

    /** The lines written so far; comments at their ends are kept apart until they can be aligned. */
    private static final class Lines {
        private record Line(String code, String comment) {}

        private final List<Line> done = new ArrayList<>();
        private StringBuilder code;
        private String comment;
        private int indentation;

        void start(int newIndentation, boolean blankBefore) {
            finish();
            if (blankBefore) {
                done.add(new Line("", null));
            }
            indentation = newIndentation;
            code = new StringBuilder(" ".repeat(newIndentation));
        }

        int indentation() {
            return indentation;
        }

        void add(String written) {
            code.append(written);
        }

        void space() {
            code.append(' ');
        }

        void trail(String written) {
            comment = written;
        }

        private void finish() {
            if (code != null) {
                done.add(new Line(code.toString(), comment));
            }
            code = null;
            comment = null;
        }

        String text() {
            finish();
            StringBuilder all = new StringBuilder();
            int i = 0;
            while (i < done.size()) {
                int end = i;
                int width = 0;
                while (end < done.size() && done.get(end).comment() != null) {
                    width = Math.max(width, width(done.get(end).code()));
                    end++;
                }
                for (; i < end; i++) {
                    Line line = done.get(i);
                    all.append(line.code())
                            .append(" ".repeat(width - width(line.code()) + 2))
                            .append(line.comment())
                            .append('\n');
                }
                if (i < done.size()) {
                    all.append(done.get(i).code()).append('\n');
                    i++;
                }
            }
            return all.toString();
        }

        /** The width of the last line of the code, which may hold a string over several lines. */
        private static int width(String code) {
            String last = code.substring(code.lastIndexOf('\n') + 1);
            return last.codePointCount(0, last.length());
        }
    }
}
