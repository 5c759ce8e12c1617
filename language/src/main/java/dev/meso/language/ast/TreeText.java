package dev.meso.language.ast;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** The result of a phase as text for people who work on Meso: records as an indented tree, places as offsets. */
public final class TreeText {
    private final StringBuilder out = new StringBuilder();

    private TreeText() {}

    /** The tree below a record, ending in a line break. */
    public static String of(Record root) {
        TreeText text = new TreeText();
        text.print("", root, 0);
        return text.out.toString();
    }

    /** A record, list or plain value after {@code label}, indented by {@code depth}. */
    private void print(String label, Object value, int depth) {
        String indent = "  ".repeat(depth) + (label.isEmpty() ? "" : label + ": ");
        switch (value) {
            case null -> line(indent + "-");
            case Record node -> {
                line(indent + node.getClass().getSimpleName() + place(node));
                for (RecordComponent part : node.getClass().getRecordComponents()) {
                    if (part.getType() != Span.class) {
                        print(part.getName(), read(node, part), depth + 1);
                    }
                }
            }
            case List<?> list -> {
                line(indent + (list.isEmpty() ? "[]" : ""));
                for (Object element : list) {
                    print("", element, depth + 1);
                }
            }
            case String text -> line(indent + '"' + text.replace("\n", "\\n") + '"');
            default -> line(indent + value);
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String place(Record node) {
        for (RecordComponent part : node.getClass().getRecordComponents()) {
            if (part.getType() == Span.class && read(node, part) instanceof Span span) {
                return " @" + span.start() + "+" + span.length();
            }
        }
        return "";
    }

    private static Object read(Record node, RecordComponent part) {
        try {
            return part.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
