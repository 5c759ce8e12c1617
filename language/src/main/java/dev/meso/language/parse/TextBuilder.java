package dev.meso.language.parse;

import static dev.meso.language.parse.TreeBuilder.span;

import dev.meso.grammar.MesoLexer;
import dev.meso.grammar.MesoParser;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Span;
import dev.meso.language.ast.TextPiece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Strings: escapes are replaced, and from a {@code """} string the common indentation is removed. As in Julia, the line
 * of the closing quotes counts for the indentation, a line break right after the opening quotes is dropped, and one
 * before the closing quotes is kept.
 */
final class TextBuilder {
    private final TreeBuilder tree;
    private final List<TextPiece> pieces = new ArrayList<>(1);
    private final StringBuilder literal = new StringBuilder();
    private int literalStart = -1;
    private int literalEnd;

    TextBuilder(TreeBuilder tree) {
        this.tree = tree;
    }

    Expression.TextLiteral build(MesoParser.TextContext context) {
        if (context instanceof MesoParser.LineTextContext line) {
            for (MesoParser.TextPartContext part : line.textPart()) {
                add(part, null);
            }
        } else {
            block(((MesoParser.BlockTextContext) context).textPart());
        }
        flush();
        return new Expression.TextLiteral(span(context), Collections.unmodifiableList(pieces));
    }

    private void add(MesoParser.TextPartContext part, String characters) {
        if (part instanceof MesoParser.TextInterpolationContext interpolation) {
            flush();
            interpolation(interpolation);
            return;
        }
        if (literalStart < 0) {
            literalStart = part.getStart().getStartIndex();
        }
        literalEnd = part.getStop().getStopIndex() + 1;
        if (part instanceof MesoParser.TextEscapeContext escape) {
            literal.append(escaped(escape));
        } else {
            literal.append(characters == null ? part.getText() : characters);
        }
    }

    private void flush() {
        if (literal.length() > 0) {
            pieces.add(new TextPiece.Literal(new Span(literalStart, literalEnd), literal.toString()));
        }
        literal.setLength(0);
        literalStart = -1;
    }

    private char escaped(MesoParser.TextEscapeContext escape) {
        char c = escape.getText().charAt(1);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '"', '\\', '{', '}' -> c;
            default -> {
                tree.refuse(
                        span(escape),
                        "`" + escape.getText() + "` is no escape",
                        "there are \\n \\t \\r \\\" \\\\ \\{ \\}; write `\\\\` for a backslash");
                yield c;
            }
        };
    }

    private void interpolation(MesoParser.TextInterpolationContext context) {
        if (context.value == null) {
            tree.refuse(span(context), "these braces are empty", "write `\\{` for a brace in a string");
            return;
        }
        Expression value = tree.expressions.build(context.value);
        if (context.COLON() == null) {
            pieces.add(new TextPiece.Interpolation(span(context), value, null, null));
            return;
        }
        Token colon = context.COLON().getSymbol();
        Span format =
                new Span(colon.getStopIndex() + 1, context.RBRACE().getSymbol().getStartIndex());
        pieces.add(new TextPiece.Interpolation(span(context), value, format, tree.slice(format.start(), format.end())));
    }

    // ---- Text over several lines -----------------------------------------------------------------------------

    private void block(List<MesoParser.TextPartContext> parts) {
        List<String> texts = new ArrayList<>(parts.size());
        int i = 0;
        while (i < parts.size()) {
            texts.add(characters(parts.get(i)));
            i++;
        }
        int indentation = indentation(texts);
        boolean lineStart = false;
        for (int k = 0; k < parts.size(); k++) {
            String text = texts.get(k);
            if (text == null) {
                lineStart = false;
                add(parts.get(k), null);
                continue;
            }
            String kept = outdented(text, indentation, lineStart);
            if (k == 0) {
                kept = withoutFirstBreak(kept);
            }
            lineStart = text.endsWith("\n");
            add(parts.get(k), kept);
        }
    }

    /** The characters of a part with plain line ends; null for escapes and interpolations. */
    private static String characters(MesoParser.TextPartContext part) {
        return part.getStart().getType() == MesoLexer.TEXT_CHARACTERS
                ? part.getText().replace("\r\n", "\n").replace('\r', '\n')
                : null;
    }

    /** The white space that all lines after the first start with; blank lines do not count, the last line does. */
    private static int indentation(List<String> texts) {
        int least = Integer.MAX_VALUE;
        int width = -1;
        for (String text : texts) {
            if (text == null) {
                least = width >= 0 ? Math.min(least, width) : least;
                width = -1;
                continue;
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    width = 0;
                } else if (width >= 0 && (c == ' ' || c == '\t')) {
                    width++;
                } else if (width >= 0) {
                    least = Math.min(least, width);
                    width = -1;
                }
            }
        }
        least = width >= 0 ? Math.min(least, width) : least;
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private static String outdented(String text, int indentation, boolean lineStart) {
        StringBuilder kept = new StringBuilder(text.length());
        int skip = lineStart ? indentation : 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                kept.append(c);
                skip = indentation;
            } else if (skip > 0 && (c == ' ' || c == '\t')) {
                skip--;
            } else {
                kept.append(c);
                skip = 0;
            }
        }
        return kept.toString();
    }

    private static String withoutFirstBreak(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i < text.length() && text.charAt(i) == '\n' ? text.substring(i + 1) : text;
    }
}
