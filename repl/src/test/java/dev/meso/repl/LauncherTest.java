package dev.meso.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optimizing runtime under the launcher's flags, and the launcher's choice of a JDK, each in a process of its own. */
class LauncherTest {
    /** Modules of the compiler; the launcher puts them on the module path, all else on the class path. */
    private static final List<String> COMPILER =
            List.of("compiler-", "truffle-compiler-", "collections-", "word-", "nativeimage-");

    private static final Path ROOT = Path.of(System.getProperty("meso.root"));

    private record Result(int status, String output) {}

    private static Result run(List<String> command, String... environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), output);
    }

    /** 35 times slower programs would be the only sign of a run-time and a compiler that do not fit. */
    @Test
    void guestCodeIsCompiledUnderTheLaunchersFlags() throws Exception {
        Assumptions.assumeTrue(
                Runtime.version().feature() == 25,
                "the optimizing runtime needs JDK 25, this is "
                        + Runtime.version().feature());
        List<String> jars = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        String modules = jars.stream().filter(LauncherTest::isCompiler).collect(Collectors.joining(File.pathSeparator));
        String classes = jars.stream().filter(jar -> !isCompiler(jar)).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI",
                "--upgrade-module-path",
                modules,
                "--add-modules",
                "jdk.graal.compiler,org.graalvm.nativeimage",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classes,
                "dev.meso.repl.Main",
                "version"));
        Result result = run(command);
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("runtime: optimizing"), result.output());
    }

    private static boolean isCompiler(String jar) {
        String name = Path.of(jar).getFileName().toString();
        return COMPILER.stream().anyMatch(name::startsWith);
    }

    @Test
    void aJdkThatIsTooOldIsRefusedInASentence(@TempDir Path folder) throws Exception {
        assumeShell();
        Path jdk = fakeJdk(folder.resolve("old"), "17.0.15");
        Result result = run(List.of(copyOfLauncher(folder), "version"), "MESO_JAVA_HOME", jdk.toString());
        assertEquals(1, result.status(), result.output());
        assertTrue(result.output().contains("is not a JDK of version 21 or newer"), result.output());
    }

    @Test
    void theNewestSuitableJdkIsChosen(@TempDir Path folder) throws Exception {
        assumeShell();
        String launcher = copyOfLauncher(folder);
        Path home = Files.createDirectories(folder.resolve("home"));
        fakeJdk(home.resolve(".jdks/a"), "21.0.2");
        fakeJdk(home.resolve(".jdks/b"), "25.0.998");
        fakeJdk(home.resolve(".jdks/c"), "25.0.999");
        fakeJdk(home.resolve(".jdks/d"), "26");
        // A Maven that only tells with which Java it was started.
        Path tools = Files.createDirectories(folder.resolve("tools"));
        script(tools.resolve("mvn"), "echo \"[ERROR] maven with $JAVA_HOME\"; exit 1");
        Result result = run(
                List.of(launcher, "version"),
                "HOME",
                home.toString(),
                "PATH",
                tools + ":/usr/bin:/bin",
                "JAVA_HOME",
                "/none");
        assertEquals(1, result.status(), result.output());
        assertTrue(result.output().contains("maven with " + home.resolve(".jdks/c")), result.output());
        assertTrue(result.output().contains("the build failed"), result.output());
        try (var left = Files.list(folder.resolve("copy/target/meso"))) {
            assertEquals(
                    List.of("build.log"),
                    left.map(p -> p.getFileName().toString()).toList(),
                    "a failed build leaves nothing");
        }
    }

    private static void assumeShell() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    }

    private static Path fakeJdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        script(folder.resolve("bin/java"), "exit 1");
        script(folder.resolve("bin/javac"), "exit 1");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    /** The launcher alone in a folder of its own, reached through a link. */
    private static String copyOfLauncher(Path folder) throws IOException {
        Path copy = folder.resolve("copy");
        Path build = copy.resolve("repl/src/main/launch/build.sh");
        Files.createDirectories(build.getParent());
        Files.copy(ROOT.resolve("repl/src/main/launch/build.sh"), build);
        Files.copy(ROOT.resolve("meso"), copy.resolve("meso"));
        assertTrue(copy.resolve("meso").toFile().setExecutable(true));
        return Files.createSymbolicLink(folder.resolve("linked"), Path.of("copy/meso"))
                .toString();
    }
}
