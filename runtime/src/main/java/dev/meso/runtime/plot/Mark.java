package dev.meso.runtime.plot;

/** What scenes are made of. Coordinates are in pixels of 1/96 inch, y downwards; see {@link Colors} for colours. */
sealed interface Mark {
    /** No fill or no line. */
    int NONE = -1;

    /** Where the text stands relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A filled rectangle. */
    record Rectangle(double x, double y, double width, double height, int fill, double opacity) implements Mark {}

    /** A polygon or, where it is not closed, a line through points; {@code dashed} for reference lines. */
    record Path(
            double[] x, double[] y, boolean closed, int fill, double opacity, int line, double width, boolean dashed)
            implements Mark {}

    /** A disc. */
    record Disc(double x, double y, double radius, int fill, double opacity, int line, double width) implements Mark {}

    /** Text whose baseline starts, is centred or ends at a point; {@code turned} runs upwards. */
    record Text(double x, double y, String text, double size, Anchor anchor, int color, boolean bold, boolean turned)
            implements Mark {}

    /** A grid of colours, row by row, stretched over a rectangle without smoothing. */
    record Pixels(double x, double y, double width, double height, int columns, int rows, int[] colors)
            implements Mark {}
}
