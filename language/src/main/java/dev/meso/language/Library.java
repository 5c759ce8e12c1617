package dev.meso.language;

import com.oracle.truffle.api.source.Source;
import dev.meso.language.check.Environment;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The standard library: {@code .meso} sources on the class path. The names of the modules that need no import are found by
 * looking at the beginnings of their lines, and only when the checker meets a name found nowhere else.
 */
final class Library implements Environment.Prelude {
    private static final String FOLDER = "/dev/meso/stdlib/";
    private static final String[] PRELUDE = {"std.nulls", "std.motifs", "std.statistics"};
    private static final String[] WORDS = {"null ", "motif ", "fn ", "let ", "module ", "loss ", "model ", "dynamics "};

    private final Map<String, String> texts = new HashMap<>();
    private Map<String, String> prelude;

    @Override
    public String find(String name) {
        return prelude().get(name);
    }

    @Override
    public Collection<String> names() {
        return prelude().keySet();
    }

    /** Name to module. */
    private Map<String, String> prelude() {
        if (prelude == null) {
            prelude = new LinkedHashMap<>();
            for (String module : PRELUDE) {
                String text = text(module);
                if (text != null) {
                    scan(text, module, prelude);
                }
            }
        }
        return prelude;
    }

    private static void scan(String text, String module, Map<String, String> names) {
        for (int line = 0; line < text.length(); line = text.indexOf('\n', line) + 1) {
            for (String word : WORDS) {
                if (text.startsWith(word, line)) {
                    int start = line + word.length();
                    int end = start;
                    while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
                        end++;
                    }
                    names.putIfAbsent(text.substring(start, end), module);
                }
            }
            if (text.indexOf('\n', line) < 0) {
                return;
            }
        }
    }

    /** The source of a module, {@code "std.motifs"}. @throws MesoException FILE_NOT_FOUND where there is none */
    Source source(String module) {
        String text = text(module);
        if (text == null) {
            throw new MesoException(
                    ErrorCode.FILE_NOT_FOUND,
                    "there is no module `" + module + "`",
                    "the standard library has " + String.join(", ", PRELUDE));
        }
        return Source.newBuilder(MesoLanguage.ID, text, module)
                .internal(true)
                .cached(false)
                .build();
    }

    private String text(String module) {
        String known = texts.get(module);
        if (known == null) {
            known = read(module);
            texts.put(module, known);
        }
        return known;
    }

    private static String read(String module) {
        try (InputStream in = Library.class.getResourceAsStream(FOLDER + module.replace('.', '/') + ".meso")) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
