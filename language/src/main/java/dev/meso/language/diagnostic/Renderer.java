package dev.meso.language.diagnostic;

import dev.meso.language.diagnostic.Diagnostic.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws diagnostics; the only place that does.
 *
 * <pre>
 * worm.meso:3:9: error: 'conut' is not defined [M0201]
 *   3 | let n = conut(g, ffl)
 *     |         ^^^^^
 *   hint: did you mean 'count'?
 * </pre>
 *
 * Carets stand under what they mean on a terminal: tabs are expanded, wide characters take two columns, combining ones
 * none. Of a span over several lines the first and the last are shown. Lines too long for a terminal are cut around the
 * place.
 */
public final class Renderer {
    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String BLUE = "\u001b[34m";
    private static final String CYAN = "\u001b[36m";

    private final boolean colour;
    private final StringBuilder out = new StringBuilder();

    private Renderer(boolean colour) {
        this.colour = colour;
    }

    /** The text of a diagnostic, without a line break at its end. */
    public static String render(Diagnostic diagnostic) {
        return render(diagnostic, false);
    }

    /** The same, with ANSI colours where {@code colour}. */
    public static String render(Diagnostic diagnostic, boolean colour) {
        Renderer renderer = new Renderer(colour);
        renderer.draw(diagnostic);
        return renderer.out.toString().stripTrailing();
    }

    private void draw(Diagnostic d) {
        SourceText source = d.primary().source();
        int at = d.primary().span().start();
        String main = d.isError() ? RED : YELLOW;
        paint(BOLD, source.name() + ":" + source.line(at) + ":" + source.column(at) + ": ");
        paint(main, d.severity().word() + ": ");
        paint(BOLD, d.message());
        out.append(" [").append(d.code().number()).append("]\n");

        Map<SourceText, List<Label>> bySource = new LinkedHashMap<>();
        bySource.computeIfAbsent(source, s -> new ArrayList<>()).add(d.primary());
        for (Label label : d.labels()) {
            bySource.computeIfAbsent(label.source(), s -> new ArrayList<>()).add(label);
        }
        int gutter = 0;
        for (List<Label> labels : bySource.values()) {
            for (Label label : labels) {
                int last = label.source().line(label.span().end());
                gutter = Math.max(gutter, Integer.toString(last).length());
            }
        }
        for (Map.Entry<SourceText, List<Label>> entry : bySource.entrySet()) {
            if (entry.getKey() != source) {
                Label first = entry.getValue().get(0);
                int line = entry.getKey().line(first.span().start());
                out.append("  in ")
                        .append(entry.getKey().name())
                        .append(':')
                        .append(line)
                        .append('\n');
            }
            drawLines(entry.getKey(), entry.getValue(), d.primary(), main, gutter);
        }
        for (String note : d.notes()) {
            sentence("note: ", note);
        }
        if (d.hint() != null) {
            sentence("hint: ", d.hint());
        }
    }

    private void sentence(String kind, String text) {
        out.append("  ");
        paint(CYAN, kind);
        out.append(text.replace("\n", "\n        ")).append('\n');
    }

    private void paint(String style, String text) {
        if (colour) {
            out.append(style).append(text).append(RESET);
        } else {
            out.append(text);
        }
    }

    /** A stretch of one line to underline. */
    private record Mark(int start, int end, boolean primary, String text) {}

    private void drawLines(SourceText source, List<Label> labels, Label primary, String main, int gutter) {
        Map<Integer, List<Mark>> byStart = new TreeMap<>();
        for (Label label : labels) {
            int start = Math.min(label.span().start(), source.text().length());
            int end = Math.min(label.span().end(), source.text().length());
            int firstLineEnd = source.lineEnd(start);
            boolean isPrimary = label == primary;
            List<Mark> first = byStart.computeIfAbsent(source.lineStart(start), s -> new ArrayList<>());
            first.add(new Mark(start, Math.min(end, firstLineEnd), isPrimary, label.text()));
            int lastLineStart = source.lineStart(Math.max(start, end - 1));
            if (lastLineStart > firstLineEnd) {
                int from = lastLineStart;
                while (from < end - 1 && Character.isWhitespace(source.text().charAt(from))) {
                    from++;
                }
                byStart.computeIfAbsent(lastLineStart, s -> new ArrayList<>()).add(new Mark(from, end, isPrimary, ""));
            }
        }
        int previous = -1;
        for (Map.Entry<Integer, List<Mark>> entry : byStart.entrySet()) {
            int number = source.line(entry.getKey());
            if (previous >= 0 && number > previous + 1) {
                gutter(gutter, "", "⋮");
                out.append('\n');
            }
            previous = number;
            gutter(gutter, Integer.toString(number), "|");
            drawLine(source, entry.getKey(), entry.getValue(), main, gutter);
        }
    }

    private void gutter(int width, String number, String bar) {
        out.append("  ");
        String padded = " ".repeat(Math.max(0, width - number.length())) + number + " " + bar;
        paint(BLUE, padded);
    }

    private void drawLine(SourceText source, int lineStart, List<Mark> marks, String main, int gutter) {
        String text = source.text().substring(lineStart, source.lineEnd(lineStart));
        int focus = marks.get(0).start();
        for (Mark mark : marks) {
            focus = mark.primary() ? mark.start() : focus;
        }
        DisplayLine line = DisplayLine.of(text, focus - lineStart);
        out.append(line.text().isEmpty() ? "" : " ").append(line.text()).append('\n');

        marks.sort(Comparator.comparingInt(Mark::start).thenComparingInt(Mark::end));
        StringBuilder carets = new StringBuilder();
        for (boolean primaries : new boolean[] {false, true}) {
            for (Mark mark : marks) {
                if (mark.primary() == primaries) {
                    int from = line.column(mark.start() - lineStart);
                    int to = Math.max(from + 1, line.column(mark.end() - lineStart));
                    while (carets.length() < to) {
                        carets.append(' ');
                    }
                    for (int i = from; i < to; i++) {
                        carets.setCharAt(i, primaries ? '^' : '-');
                    }
                }
            }
        }
        gutter(gutter, "", "|");
        out.append(' ');
        paint(main, carets.toString());
        // The words of the last mark stand beside it, those of the others below, each under its own mark.
        for (int i = marks.size() - 1; i >= 0; i--) {
            Mark mark = marks.get(i);
            if (mark.text().isEmpty()) {
                continue;
            }
            if (i < marks.size() - 1) {
                out.append('\n');
                gutter(gutter, "", "|");
                out.append(" ".repeat(1 + line.column(mark.start() - lineStart)));
            } else {
                out.append(' ');
            }
            paint(mark.primary() ? main : BLUE, mark.text());
        }
        out.append('\n');
    }
}
