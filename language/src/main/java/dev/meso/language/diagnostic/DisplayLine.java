package dev.meso.language.diagnostic;

/** A source line as a terminal shows it, and the screen column of each of its offsets. */
final class DisplayLine {
    private static final int TAB = 4;
    private static final int WIDEST = 140;
    private static final int BEFORE_FOCUS = 60;

    private final String text;
    private final int[] columns;

    private DisplayLine(String text, int[] columns) {
        this.text = text;
        this.columns = columns;
    }

    /** Lays out {@code line}; where it is too long, only what stands around offset {@code focus}. */
    static DisplayLine of(String line, int focus) {
        int from = 0;
        int to = line.length();
        boolean cutLeft = false;
        boolean cutRight = false;
        if (line.length() > WIDEST) {
            from = Math.max(0, Math.min(focus, line.length()) - BEFORE_FOCUS);
            to = Math.min(line.length(), from + WIDEST);
            cutLeft = from > 0;
            cutRight = to < line.length();
        }
        StringBuilder shown = new StringBuilder(cutLeft ? "…" : "");
        int[] columns = new int[line.length() + 1];
        int column = cutLeft ? 1 : 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int length = Character.charCount(character);
            for (int k = 0; k < length; k++) {
                columns[i + k] = column;
            }
            if (i >= from && i < to) {
                if (character == '\t') {
                    int spaces = TAB - column % TAB;
                    shown.append(" ".repeat(spaces));
                    column += spaces;
                } else if (Character.isISOControl(character) || hidden(character)) {
                    shown.append('\uFFFD');
                    column++;
                } else {
                    shown.appendCodePoint(character);
                    column += width(character);
                }
            }
            i += length;
        }
        columns[line.length()] = column;
        return new DisplayLine(shown.append(cutRight ? "…" : "").toString().stripTrailing(), columns);
    }

    String text() {
        return text;
    }

    /** The screen column, from 0, of an offset of the line; offsets cut away have that of the edge. */
    int column(int offset) {
        return columns[Math.max(0, Math.min(offset, columns.length - 1))];
    }

    /** Half of a surrogate pair, or a mark that turns the direction of writing and could make a line lie. */
    private static boolean hidden(int character) {
        return character >= 0xD800 && character <= 0xDFFF
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069;
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return wide(character) ? 2 : 1;
    }

    /** East Asian wide and full-width characters and emoji (Unicode Standard Annex 11, the blocks that matter). */
    private static boolean wide(int c) {
        return c >= 0x1100
                && (c <= 0x115F
                        || c >= 0x2E80 && c <= 0x303E
                        || c >= 0x3041 && c <= 0xA4CF
                        || c >= 0xAC00 && c <= 0xD7A3
                        || c >= 0xF900 && c <= 0xFAFF
                        || c >= 0xFE30 && c <= 0xFE6F
                        || c >= 0xFF00 && c <= 0xFF60
                        || c >= 0xFFE0 && c <= 0xFFE6
                        || c >= 0x1F300 && c <= 0x1F64F
                        || c >= 0x1F680 && c <= 0x1F6FF
                        || c >= 0x1F900 && c <= 0x1F9FF
                        || c >= 0x20000 && c <= 0x3FFFD);
    }
}
