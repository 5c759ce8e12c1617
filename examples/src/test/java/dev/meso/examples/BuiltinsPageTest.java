package dev.meso.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/builtins.md} says what the declarations of the built-ins say. To write it anew:
 * {@code mvn -pl examples -am test -Dtest=BuiltinsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dmeso.accept=true}.
 */
class BuiltinsPageTest {
    private static final Path PAGE = Scripts.ROOT.resolve("docs/builtins.md");

    @Test
    void pageIsUpToDate() throws IOException {
        String page = page();
        if (Boolean.getBoolean("meso.accept")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    private static String page() {
        Map<String, List<Builtin>> groups = new LinkedHashMap<>();
        for (Builtin builtin : Builtins.all()) {
            groups.computeIfAbsent(builtin.group(), g -> new ArrayList<>()).add(builtin);
        }
        StringBuilder text = new StringBuilder(
                "# The built-in functions\n\n"
                        + "Made from the declarations beside their code; `help(name)` shows the same. Arguments in `[ ]` may be left out; `…` takes any number.\n");
        groups.forEach((group, builtins) -> {
            text.append("\n## ")
                    .append(group.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(group.substring(1))
                    .append('\n');
            builtins.forEach(builtin -> entry(builtin, text));
        });
        return text.toString();
    }

    private static void entry(Builtin builtin, StringBuilder text) {
        text.append("\n### `")
                .append(builtin.signature())
                .append("`\n")
                .append(builtin.about())
                .append('\n');
        if (!builtin.detail().isBlank()) {
            text.append('\n').append(builtin.detail()).append('\n');
        }
        text.append('\n');
        for (Builtin.Parameter parameter : builtin.parameters()) {
            text.append("- `")
                    .append(parameter.name())
                    .append("`: ")
                    .append(parameter.about())
                    .append('\n');
        }
        Builtin.Kind result = builtin.result();
        boolean named = result != Builtin.Kind.ANY && result != Builtin.Kind.NONE;
        String kind = named ? result.name().toLowerCase(Locale.ROOT).replace('_', ' ') : "";
        String gives = Stream.of(kind, builtin.resultAbout())
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        if (!gives.isEmpty()) {
            text.append("- gives: ").append(gives).append('\n');
        }
    }
}
