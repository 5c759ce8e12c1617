package dev.meso.runtime.plot;

import dev.meso.runtime.plot.Mark.Anchor;
import java.util.ArrayList;
import java.util.List;

/** A picture as marks in drawing order; built by the layouts of this package and then only read. */
final class Scene {
    /** The width of one character relative to the size of the text: what Helvetica takes, with some room for wider fonts. */
    private static final double NARROW = 0.34;

    private static final double WIDE = 0.92;
    private static final double CAPITAL = 0.7;
    private static final double USUAL = 0.61;

    final double width;
    final double height;
    private final List<Mark> marks = new ArrayList<>();

    Scene(double width, double height) {
        this.width = width;
        this.height = height;
    }

    List<Mark> marks() {
        return marks;
    }

    void rectangle(double x, double y, double w, double h, int fill) {
        rectangle(x, y, w, h, fill, 1);
    }

    void rectangle(double x, double y, double w, double h, int fill, double opacity) {
        marks.add(new Mark.Rectangle(x, y, w, h, fill, opacity));
    }

    void line(double x1, double y1, double x2, double y2, int color, double lineWidth) {
        line(new double[] {x1, x2}, new double[] {y1, y2}, color, lineWidth);
    }

    void dashes(double x1, double y1, double x2, double y2, int color) {
        marks.add(new Mark.Path(new double[] {x1, x2}, new double[] {y1, y2}, false, Mark.NONE, 1, color, 1, true));
    }

    void line(double[] x, double[] y, int color, double lineWidth) {
        if (x.length > 1) {
            marks.add(new Mark.Path(x, y, false, Mark.NONE, 1, color, lineWidth, false));
        }
    }

    void polygon(double[] x, double[] y, int fill, double opacity, int line) {
        marks.add(new Mark.Path(x, y, true, fill, opacity, line, 1, false));
    }

    void disc(double x, double y, double radius, int fill, double opacity, int line) {
        marks.add(new Mark.Disc(x, y, radius, fill, opacity, line, 1.4));
    }

    void pixels(double x, double y, double w, double h, int columns, int rows, int[] colors) {
        marks.add(new Mark.Pixels(x, y, w, h, columns, rows, colors));
    }

    void text(double x, double y, String text, double size, Anchor anchor, int color) {
        marks.add(new Mark.Text(x, y, text, size, anchor, color, false, false));
    }

    void bold(double x, double y, String text, double size, Anchor anchor) {
        marks.add(new Mark.Text(x, y, text, size, anchor, Colors.INK, true, false));
    }

    void turned(double x, double y, String text, double size, Anchor anchor) {
        marks.add(new Mark.Text(x, y, text, size, anchor, Colors.INK, false, true));
    }

    /** About how wide a text will be, whatever the font. */
    static double widthOf(String text, double size) {
        double sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean narrow = "ijl.,:;'|!tfI()[] ".indexOf(c) >= 0;
            boolean wide = "mwMW%@".indexOf(c) >= 0;
            sum += narrow ? NARROW : wide ? WIDE : Character.isUpperCase(c) ? CAPITAL : USUAL;
        }
        return sum * size;
    }

    /** The text, its end left out where it would be wider than {@code most}. */
    static String fitted(String text, double size, double most) {
        if (widthOf(text, size) <= most) {
            return text;
        }
        int end = text.length();
        while (end > 1 && widthOf(text.substring(0, end) + "…", size) > most) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
