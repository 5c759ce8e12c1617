package dev.meso.language.builtin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All built-in functions by name. The table is made when the first name is looked up, so a program that uses none does
 * not pay for it. To add a group, write a class with {@code static List<Builtin> all()} and name it in {@link #GROUPS}.
 */
public final class Builtins {
    @FunctionalInterface
    private interface Group {
        List<Builtin> all();
    }

    /** One line for each group. */
    private static final List<Group> GROUPS = List.of(
            // keep in order of the language reference
            );

    private static final Map<String, Builtin> BY_NAME = table();

    private Builtins() {}

    private static Map<String, Builtin> table() {
        Map<String, Builtin> all = new LinkedHashMap<>();
        for (Group group : GROUPS) {
            for (Builtin builtin : group.all()) {
                if (all.put(builtin.name(), builtin) != null) {
                    throw new IllegalStateException("two built-ins are called " + builtin.name());
                }
            }
        }
        return all;
    }

    /** The built-in of this name, or null. */
    public static Builtin find(String name) {
        return BY_NAME.get(name);
    }

    public static Collection<String> names() {
        return BY_NAME.keySet();
    }

    /** All, in the order of their groups. */
    public static List<Builtin> all() {
        return new ArrayList<>(BY_NAME.values());
    }
}
