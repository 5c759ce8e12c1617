package dev.meso.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the peers' script, if there is one. It prints lines {@code label: 1.234 s  check}. */
record Peers(Optional<Path> script, String python) {
    private static final Pattern LINE = Pattern.compile("(?m)^(.*): ([0-9.]+) s  (.*)$");

    /** A peer's time, and what it found. */
    record Figure(double seconds, String check) {}

    /** The only figure of a command. */
    Optional<Figure> one(String... command) throws IOException, InterruptedException {
        return all(command).values().stream().findFirst();
    }

    /** All figures of a command, by label. */
    Map<String, Figure> all(String... command) throws IOException, InterruptedException {
        Map<String, Figure> figures = new LinkedHashMap<>();
        if (script.isEmpty()) {
            return figures;
        }
        List<String> line = new ArrayList<>(List.of(python, script.get().toString()));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            System.err.println("the peer failed: " + String.join(" ", line));
        }
        Matcher match = LINE.matcher(printed);
        while (match.find()) {
            figures.put(match.group(1), new Figure(Double.parseDouble(match.group(2)), match.group(3)));
        }
        return figures;
    }
}
