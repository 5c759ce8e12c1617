package dev.meso.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Whole programs: `./meso` with these arguments, timed from outside, start-up included. */
record Script(Path root, String javaOptions) {
    /** The same with options for Java. */
    Script with(String newOptions) {
        return new Script(root, newOptions);
    }

    /** Wall time in seconds, and what was printed. */
    record Run(double seconds, String printed) {}

    Run once(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("meso").toString()));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        if (!javaOptions.isEmpty()) {
            builder.environment().put("MESO_JAVA_OPTS", javaOptions);
        }
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status + "\n" + printed);
        }
        return new Run(seconds, printed.strip());
    }

    /** The run of median length among {@code runs}. */
    Run median(int runs, String... arguments) throws IOException, InterruptedException {
        Run[] all = new Run[runs];
        for (int i = 0; i < runs; i++) {
            all[i] = once(arguments);
        }
        Arrays.sort(all, Comparator.comparingDouble(Run::seconds));
        return all[runs / 2];
    }
}
