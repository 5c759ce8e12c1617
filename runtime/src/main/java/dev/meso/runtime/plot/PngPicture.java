package dev.meso.runtime.plot;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A scene as a PNG file at twice the size in pixels, for slides and print. Letters depend on the fonts of the machine. */
final class PngPicture {
    private static final int SCALE = 2;

    private final Graphics2D to;

    private PngPicture(Graphics2D to) {
        this.to = to;
    }

    /** @throws MesoException FILE_ERROR on a machine without fonts or without the module java.desktop */
    static byte[] of(Scene scene) {
        // Without a screen too; set here because nothing before this needs java.desktop.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            int width = (int) Math.ceil(scene.width * SCALE);
            int height = (int) Math.ceil(scene.height * SCALE);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.scale(SCALE, SCALE);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            PngPicture picture = new PngPicture(graphics);
            for (Mark mark : scene.marks()) {
                picture.draw(mark);
            }
            graphics.dispose();
            int[] colors = image.getRGB(0, 0, width, height, null, 0, width);
            return PngFile.of(width, height, colors);
        } catch (LinkageError | InternalError | NullPointerException e) {
            // What Java throws where no font is installed differs between versions.
            throw new MesoException(
                    ErrorCode.FILE_ERROR,
                    "this machine cannot draw PNG pictures: Java finds no fonts (" + e + ")",
                    "save the picture as .svg, or install fontconfig and a font");
        }
    }

    private void draw(Mark mark) {
        switch (mark) {
            case Mark.Rectangle r -> {
                to.setColor(color(r.fill(), r.opacity()));
                to.fill(new Rectangle2D.Double(r.x(), r.y(), r.width(), r.height()));
            }
            case Mark.Disc d -> {
                Ellipse2D disc =
                        new Ellipse2D.Double(d.x() - d.radius(), d.y() - d.radius(), 2 * d.radius(), 2 * d.radius());
                shape(disc, d.fill(), d.opacity(), d.line(), d.width(), false);
            }
            case Mark.Path p -> {
                Path2D path = new Path2D.Double();
                for (int i = 0; i < p.x().length; i++) {
                    if (i == 0) {
                        path.moveTo(p.x()[i], p.y()[i]);
                    } else {
                        path.lineTo(p.x()[i], p.y()[i]);
                    }
                }
                if (p.closed()) {
                    path.closePath();
                }
                shape(path, p.fill(), p.opacity(), p.line(), p.width(), p.dashed());
            }
            case Mark.Text t -> text(t);
            case Mark.Pixels p -> {
                BufferedImage image = new BufferedImage(p.columns(), p.rows(), BufferedImage.TYPE_INT_RGB);
                image.setRGB(0, 0, p.columns(), p.rows(), p.colors(), 0, p.columns());
                AffineTransform place = AffineTransform.getTranslateInstance(p.x(), p.y());
                place.scale(p.width() / p.columns(), p.height() / p.rows());
                to.drawImage(image, place, null);
            }
        }
    }

    private void shape(java.awt.Shape shape, int fill, double opacity, int line, double width, boolean dashed) {
        if (fill != Mark.NONE) {
            to.setColor(color(fill, opacity));
            to.fill(shape);
        }
        if (line != Mark.NONE) {
            float[] dashes = dashed ? new float[] {3, 3} : null;
            to.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
            to.setColor(color(line, 1));
            to.draw(shape);
        }
    }

    private void text(Mark.Text t) {
        to.setFont(new Font(Font.SANS_SERIF, t.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) t.size()));
        to.setColor(color(t.color(), 1));
        double width = to.getFontMetrics().getStringBounds(t.text(), to).getWidth();
        double shift =
                switch (t.anchor()) {
                    case START -> 0;
                    case MIDDLE -> -width / 2;
                    case END -> -width;
                };
        AffineTransform before = to.getTransform();
        to.translate(t.x(), t.y());
        if (t.turned()) {
            to.rotate(-Math.PI / 2);
        }
        to.drawString(t.text(), (float) shift, 0);
        to.setTransform(before);
    }

    private static Color color(int rgb, double opacity) {
        return new Color(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, (int) Math.round(opacity * 255));
    }
}
