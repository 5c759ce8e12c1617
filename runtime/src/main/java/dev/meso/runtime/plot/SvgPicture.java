package dev.meso.runtime.plot;

import java.util.Base64;
import java.util.Locale;

/** A scene as SVG text. The bytes depend on the scene only. */
final class SvgPicture {
    private static final String FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    private final StringBuilder out = new StringBuilder();
    /** Whether the roles of colours become variables of the page around the picture. */
    private final boolean inPage;

    private SvgPicture(boolean inPage) {
        this.inPage = inPage;
    }

    /** A file of its own on white paper, or a part of a page that defines the variables ink, muted, grid and paper. */
    static String of(Scene scene, String title, boolean inPage) {
        return new SvgPicture(inPage).write(scene, title);
    }

    private String write(Scene scene, String title) {
        String size = number(scene.width) + " " + number(scene.height);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(size)
                .append('"');
        out.append(" width=\"")
                .append(number(scene.width))
                .append("\" height=\"")
                .append(number(scene.height));
        out.append("\" role=\"img\" font-family=\"").append(FONT).append("\">\n");
        out.append("<title>").append(escape(title)).append("</title>\n");
        if (!inPage) {
            mark(new Mark.Rectangle(0, 0, scene.width, scene.height, Colors.PAPER, 1));
        }
        for (Mark mark : scene.marks()) {
            mark(mark);
        }
        return out.append("</svg>\n").toString();
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Rectangle r -> {
                out.append("<rect");
                attribute("x", r.x()).attribute("y", r.y()).attribute("width", r.width());
                attribute("height", r.height()).paint(r.fill(), r.opacity(), Mark.NONE, 0);
            }
            case Mark.Disc d -> {
                out.append("<circle");
                attribute("cx", d.x()).attribute("cy", d.y()).attribute("r", d.radius());
                paint(d.fill(), d.opacity(), d.line(), d.width());
            }
            case Mark.Path p -> path(p);
            case Mark.Text t -> {
                text(t);
                return;
            }
            case Mark.Pixels p -> {
                out.append("<image");
                attribute("x", p.x()).attribute("y", p.y()).attribute("width", p.width());
                attribute("height", p.height());
                out.append(
                        " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,");
                out.append(Base64.getEncoder().encodeToString(PngFile.of(p.columns(), p.rows(), p.colors())));
                out.append('"');
            }
        }
        out.append("/>\n");
    }

    private void path(Mark.Path p) {
        out.append("<path d=\"");
        for (int i = 0; i < p.x().length; i++) {
            out.append(i == 0 ? "M" : "L").append(number(p.x()[i])).append(' ').append(number(p.y()[i]));
        }
        out.append(p.closed() ? "Z\"" : "\"");
        paint(p.fill(), p.opacity(), p.line(), p.width());
        if (p.line() != Mark.NONE) {
            out.append(" stroke-linejoin=\"round\"");
        }
        if (p.dashed()) {
            out.append(" stroke-dasharray=\"3 3\"");
        }
    }

    private void text(Mark.Text t) {
        out.append("<text");
        if (t.turned()) {
            out.append(" transform=\"translate(")
                    .append(number(t.x()))
                    .append(' ')
                    .append(number(t.y()));
            out.append(") rotate(-90)\"");
        } else {
            attribute("x", t.x()).attribute("y", t.y());
        }
        attribute("font-size", t.size());
        if (t.anchor() != Mark.Anchor.START) {
            out.append(" text-anchor=\"")
                    .append(t.anchor().name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        if (t.bold()) {
            out.append(" font-weight=\"bold\"");
        }
        out.append(" fill=\"").append(color(t.color())).append("\">");
        out.append(escape(t.text())).append("</text>\n");
    }

    private SvgPicture attribute(String name, double value) {
        out.append(' ').append(name).append("=\"").append(number(value)).append('"');
        return this;
    }

    private void paint(int fill, double opacity, int line, double width) {
        out.append(" fill=\"").append(fill == Mark.NONE ? "none" : color(fill)).append('"');
        if (opacity < 1) {
            attribute("fill-opacity", opacity);
        }
        if (line != Mark.NONE) {
            out.append(" stroke=\"").append(color(line)).append('"');
            attribute("stroke-width", width);
        }
    }

    private String color(int color) {
        if (inPage) {
            String role =
                    switch (color) {
                        case Colors.INK -> "ink";
                        case Colors.MUTED -> "muted";
                        case Colors.GRID -> "grid";
                        case Colors.PAPER -> "paper";
                        default -> null;
                    };
            if (role != null) {
                return "var(--" + role + ")";
            }
        }
        return String.format(Locale.ROOT, "#%06x", color);
    }

    /** At most two digits after the point: a hundredth of a pixel is not seen. */
    static String number(double x) {
        long hundredths = Math.round(x * 100);
        String sign = hundredths < 0 ? "-" : "";
        long whole = Math.abs(hundredths) / 100;
        long rest = Math.abs(hundredths) % 100;
        if (rest == 0) {
            return sign + whole;
        }
        return sign + whole + "." + (rest % 10 == 0 ? "" + rest / 10 : rest < 10 ? "0" + rest : "" + rest);
    }

    /** Text for XML; characters that XML does not have become a question mark. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    boolean allowed = c >= 0x20 && c != 0xfffe && c != 0xffff && (c < 0xd800 || c > 0xdfff);
                    escaped.appendCodePoint(allowed || c == '\n' || c == '\t' ? c : '?');
                }
            }
        });
        return escaped.toString();
    }
}
