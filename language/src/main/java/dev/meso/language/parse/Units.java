package dev.meso.language.parse;

import java.util.Set;

/** The names that are units after a number. */
final class Units {
    private static final Set<String> NAMES = Set.of(
            "m", "cm", "mm", "um", "nm", "s", "ms", "us", "min", "h", "Hz", "kHz", "V", "mV", "uV", "A", "nA", "pA",
            "S", "mS", "uS", "nS", "pS", "F", "uF", "nF", "pF", "Ohm", "kOhm", "MOhm", "GOhm", "M", "mM", "uM", "nM",
            "deg", "rad", "nats", "bits");

    private Units() {}

    static boolean isName(String word) {
        return NAMES.contains(plain(word));
    }

    /** The text with both signs for micro written {@code u}. */
    static String plain(String text) {
        return text.replace('\u00b5', 'u').replace('\u03bc', 'u');
    }
}
