package dev.meso.runtime.plot;

import dev.meso.runtime.partition.BlockMatrix;
import dev.meso.runtime.plot.Mark.Anchor;
import java.util.ArrayList;
import java.util.List;

/** The matrix of blocks as a heat map: presynaptic blocks down, postsynaptic blocks across, darker where more likely connected. */
final class BlockPlot {
    private static final double SIDE = 440;
    private static final double BAR = 84;

    /** From here on cells are too dark for dark numbers. */
    private static final double DARK = 0.55;

    /** Cells keep their colours on pages with a dark background, so numbers on them have no role colours. */
    private static final int ON_LIGHT = 0x20242a;

    private static final int ON_DARK = 0xfdfdfd;

    private BlockPlot() {}

    static Scene scene(BlockMatrix matrix, String title, String subtitle) {
        int count = matrix.count();
        double most = 0;
        for (int pre = 0; pre < count; pre++) {
            for (int post = 0; post < count; post++) {
                most = Math.max(most, Double.isNaN(matrix.density(pre, post)) ? 0 : matrix.density(pre, post));
            }
        }
        List<String> left = new ArrayList<>();
        double margin = 46;
        for (int b = 0; b < count; b++) {
            left.add(matrix.partition().names().get(b) + " ("
                    + matrix.partition().sizes()[b] + ")");
            margin = Math.max(margin, Math.min(130, Scene.widthOf(left.get(b), Frame.SMALL)) + 34);
        }
        List<String> below = matrix.partition().names();
        boolean named = SIDE / count >= 11;
        double room = named ? Frame.roomForWords(below, SIDE) : 0;
        Scene scene = new Scene(margin + SIDE + BAR, 58 + SIDE + room + 30);
        Frame frame = new Frame(scene, margin, 58, margin + SIDE, 58 + SIDE);
        Frame.heading(scene, title, subtitle);
        cells(frame, matrix, most);
        frame.box();
        if (named) {
            frame.words(below);
            for (int b = 0; b < count; b++) {
                double y = frame.top + (b + 0.5) * SIDE / count + 3.5;
                String name = Scene.fitted(left.get(b), Frame.SMALL, 130);
                scene.text(frame.left - 6, y, name, Frame.SMALL, Anchor.END, Colors.INK);
            }
        }
        double middle = (frame.left + frame.right) / 2;
        scene.text(middle, scene.height - 10, "postsynaptic", Frame.TEXT, Anchor.MIDDLE, Colors.INK);
        scene.turned(15, (frame.top + frame.bottom) / 2, "presynaptic", Frame.TEXT, Anchor.MIDDLE);
        if (most > 0) {
            Scale y = Scale.linear(0, most, frame.top + 180, frame.top + 20);
            Frame.colorBar(scene, frame.right + 18, frame.top + 20, frame.top + 180, y, false, "");
            scene.text(frame.right + 18, frame.top + 8, "probability", Frame.SMALL, Anchor.START, Colors.MUTED);
        }
        return scene;
    }

    private static void cells(Frame frame, BlockMatrix matrix, double most) {
        int count = matrix.count();
        double cell = SIDE / count;
        int[] colors = new int[count * count];
        for (int pre = 0; pre < count; pre++) {
            for (int post = 0; post < count; post++) {
                double density = matrix.density(pre, post);
                colors[pre * count + post] =
                        Double.isNaN(density) ? Colors.ABSENT : Colors.amount(most == 0 ? 0 : density / most);
            }
        }
        frame.scene.pixels(frame.left, frame.top, SIDE, SIDE, count, count, colors);
        for (int pre = 0; pre < count; pre++) {
            for (int post = 0; post < count; post++) {
                String text = Scale.count((long) matrix.get(pre, post));
                double density = matrix.density(pre, post);
                if (Scene.widthOf(text, Frame.SMALL) > cell - 4 || cell < 14 || Double.isNaN(density)) {
                    continue;
                }
                int color = density > DARK * most ? ON_DARK : ON_LIGHT;
                double x = frame.left + (post + 0.5) * cell;
                double y = frame.top + (pre + 0.5) * cell + 3.5;
                frame.scene.text(x, y, text, Frame.SMALL, Anchor.MIDDLE, color);
            }
        }
    }
}
