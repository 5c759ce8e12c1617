package dev.meso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The Markdown that a run writes, shown line by line as it comes. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    void line(String format, Object... values) {
        String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        System.out.println(line);
        text.append(line).append('\n');
    }

    void heading(String title, String... columns) {
        line("");
        line("## " + title);
        line("");
        line("| " + String.join(" | ", columns) + " |");
        line("|" + " --- |".repeat(columns.length));
    }

    /** A row of work, our time, the peer's time and the ratio, in seconds. */
    void row(String work, double ours, Optional<Peers.Figure> peer, String check) {
        line(
                "| %s | %s | %s | %s | %s |",
                work,
                seconds(ours),
                peer.map(p -> seconds(p.seconds())).orElse(""),
                peer.map(p -> String.format(Locale.ROOT, "%.1fx", p.seconds() / ours))
                        .orElse(""),
                check);
    }

    static String seconds(double s) {
        return s < 0.01 ? String.format(Locale.ROOT, "%.2f ms", 1000 * s) : String.format(Locale.ROOT, "%.3f s", s);
    }

    void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        System.out.println("\nwritten to " + file);
    }
}
