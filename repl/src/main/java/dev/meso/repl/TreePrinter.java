package dev.meso.repl;

import dev.meso.language.ast.Span;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** Prints the result of a phase for people who work on Meso: records as an indented tree, places as offsets. */
final class TreePrinter {
    private final PrintStream out;

    TreePrinter(PrintStream out) {
        this.out = out;
    }

    /** A record, list or plain value after {@code label}, indented by {@code depth}. */
    void print(String label, Object value, int depth) {
        String indent = "  ".repeat(depth) + (label.isEmpty() ? "" : label + ": ");
        switch (value) {
            case null -> out.println(indent + "-");
            case Record node -> {
                out.println(indent + node.getClass().getSimpleName() + place(node));
                for (RecordComponent part : node.getClass().getRecordComponents()) {
                    if (part.getType() != Span.class) {
                        print(part.getName(), read(node, part), depth + 1);
                    }
                }
            }
            case List<?> list -> {
                out.println(indent + (list.isEmpty() ? "[]" : ""));
                for (Object element : list) {
                    print("", element, depth + 1);
                }
            }
            case String text -> out.println(indent + '"' + text.replace("\n", "\\n") + '"');
            default -> out.println(indent + value);
        }
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
