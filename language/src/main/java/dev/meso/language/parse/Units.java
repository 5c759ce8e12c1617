package dev.meso.language.parse;

import dev.meso.runtime.unit.Unit;
import java.util.List;

/** The names that are units after a number. */
final class Units {
    private Units() {}

    static boolean isName(String word) {
        return Unit.ofName(plain(word)) != null;
    }

    static List<String> names() {
        return Unit.names();
    }

    /** The text with both signs for micro written {@code u}. */
    static String plain(String text) {
        return text.replace('\u00b5', 'u').replace('\u03bc', 'u');
    }
}
