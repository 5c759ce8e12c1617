package dev.meso.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meso.repl.Request.Settings;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static Request parse(String... words) {
        return Arguments.parse(List.of(words), Map.of());
    }

    @Test
    void runTakesDataThreadsSeedAndTheScriptsArguments() {
        Request expected = new Request.Run(
                Path.of("a.meso"),
                new Settings(List.of(Path.of("x"), Path.of("y")), 3, -7L, List.of("--seed", "9", "--", "-x")));
        assertEquals(
                expected,
                parse(
                        "run",
                        "--data",
                        "x",
                        "a.meso",
                        "--threads=3",
                        "--data=y",
                        "--seed",
                        "-7",
                        "--",
                        "--seed",
                        "9",
                        "--",
                        "-x"));
    }

    @Test
    void dataFoldersOfTheEnvironmentComeLast() {
        Map<String, String> environment = Map.of("MESO_DATA", "b" + File.pathSeparator + "c");
        Request.Run run =
                assertInstanceOf(Request.Run.class, Arguments.parse(List.of("run", "f", "--data", "a"), environment));
        assertEquals(
                List.of(Path.of("a"), Path.of("b"), Path.of("c")),
                run.settings().data());
    }

    @Test
    void codeMayStartWithADash() {
        assertEquals(new Request.Eval("-1 + 2", Settings.DEFAULT), parse("eval", "-1 + 2"));
    }

    @Test
    void helpAndVersionInTheirUsualForms() {
        assertEquals(new Request.Help(), parse("--help"));
        assertEquals(new Request.Help(), parse("run", "--help"));
        assertEquals(new Request.Version(), parse("--version"));
        assertInstanceOf(Request.Run.class, parse("run", "f", "--", "--help"));
    }

    @Test
    void formatMayOnlyLook() {
        assertEquals(new Request.Format(List.of(Path.of("a"), Path.of("b")), true), parse("fmt", "--check", "a", "b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                  | a command is missing: one of run, eval, repl, check, fmt, version, help",
                "rnu a               | there is no command 'rnu', did you mean 'run'?",
                "a.meso              | to run a script, write `meso run a.meso`",
                "run                 | which script? `meso run FILE`",
                "run a b             | one script at a time, found also 'b' (a script's own arguments stand after `--`)",
                "run a --sed 3       | there is no option '--sed', did you mean '--seed'? (a script's own arguments stand after `--`)",
                "run a --threads     | --threads needs a value",
                "run a --threads 0   | --threads needs a whole number from 1 to 65536, found '0'",
                "run a --seed x      | --seed needs a whole number, found 'x'",
                "run a --dump=nodes  | --dump needs tokens, tree or code, found 'nodes'",
                "run a --check       | `meso run` takes no --check",
                "eval 1 + 1          | one piece of code, in quotes: `meso eval '1 + 1'`",
                "version x           | `meso version` takes no 'x'",
                "check               | which files? `meso check FILE…`",
            })
    void mistakesSayWhatWasExpected(String line, String message) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        assertEquals(
                message, assertThrows(UsageException.class, () -> parse(words)).getMessage());
    }
}
