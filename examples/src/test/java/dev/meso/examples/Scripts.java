package dev.meso.examples;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** Runs scripts as the command line does, and keeps what they print. */
final class Scripts {
    static final Path ROOT =
            Path.of(System.getProperty("meso.root", "..")).toAbsolutePath().normalize();
    static final Path EXAMPLES = ROOT.resolve("examples");

    private Scripts() {}

    /** What a script printed, and how many of its expectations hold. */
    record Outcome(String printed, long held, long expected, List<String> reports) {}

    static Outcome run(Source source, List<Path> data, String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("meso")
                .allowIO(IOAccess.ALL)
                .arguments("meso", args)
                .out(printed)
                .err(printed)
                .option("meso.data", data.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)))
                .build()) {
            context.eval(source);
            Value expectations = context.getBindings("meso").getMember("meso:expectations");
            Value results = expectations.getMember("results");
            List<String> failed = java.util.stream.LongStream.range(0, results.getArraySize())
                    .mapToObj(results::getArrayElement)
                    .filter(r -> !r.getMember("holds").asBoolean())
                    .map(r -> r.getMember("report").asString())
                    .toList();
            return new Outcome(
                    printed.toString(StandardCharsets.UTF_8),
                    expectations.getMember("held").asLong(),
                    expectations.getMember("total").asLong(),
                    failed);
        }
    }

    static Outcome run(Path file, List<Path> data, String... args) throws IOException {
        return run(Source.newBuilder("meso", file.toFile()).build(), data, args);
    }

    /** A program given as text; its paths are looked up in the folder of the examples. */
    static Outcome run(String name, String code) throws IOException {
        return run(Source.newBuilder("meso", code, name).build(), List.of(EXAMPLES));
    }
}
