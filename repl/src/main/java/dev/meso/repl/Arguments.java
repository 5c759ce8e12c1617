package dev.meso.repl;

import dev.meso.repl.Request.Phase;
import dev.meso.repl.Request.Settings;
import dev.meso.runtime.error.Suggest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the command line. Written by hand because a command-line library costs 90 ms of each start (picocli 4.7, classes
 * already in the AOT cache), a quarter of what {@code meso eval '1+1'} may take in all.
 */
final class Arguments {
    static final String USAGE =
            """
            Usage:
              meso run FILE [--data DIR]… [--threads N] [--seed N] [-- ARGS]   run a script
              meso eval 'CODE' [--data DIR]… [--threads N] [--seed N]          run code and print its value
              meso repl [--data DIR]… [--threads N] [--seed N]                 an interactive session
              meso check FILE…                                                 find mistakes without running
              meso fmt [--check] FILE…                                         lay out source files in place
              meso version                                                     the version, and what it runs on
              meso help                                                        this text

              --data DIR      where to look for data files, after the script's own folder (repeatable; then MESO_DATA)
              --threads N     threads for parallel work; results do not depend on it (default: all)
              --seed N        seed of everything random that names none
              --dump=PHASE    with run or eval: show the tokens, the tree or the code instead of running
              -- ARGS         what the script sees as `args`

            Exit status: 0 done, 1 the program failed or an expectation does not hold, 2 wrong usage or syntax.
            Environment: MESO_DATA (folders as in PATH), MESO_JAVA_HOME (the JDK to use), MESO_JAVA_OPTS (more options for Java).
            """;

    private static final List<String> COMMANDS = List.of("run", "eval", "repl", "check", "fmt", "version", "help");

    private final Deque<String> words;
    private final List<String> plain = new ArrayList<>();
    private final List<Path> data = new ArrayList<>();
    private final List<String> scriptArguments = new ArrayList<>();
    private int threads;
    private Long seed;
    private Phase dump;
    private boolean checkOnly;

    private Arguments(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    /**
     * The request of a command line.
     *
     * @param environment the variables of the process; only {@code MESO_DATA} is read
     * @throws UsageException where it asks for nothing Meso does
     */
    static Request parse(List<String> words, Map<String, String> environment) {
        return new Arguments(words).request(environment.getOrDefault("MESO_DATA", ""));
    }

    private Request request(String dataVariable) {
        if (words.isEmpty()) {
            throw new UsageException("a command is missing: one of " + String.join(", ", COMMANDS));
        }
        String command = words.pop();
        switch (command) {
            case "--version", "-V" -> command = "version";
            case "--help", "-h" -> command = "help";
            default -> {}
        }
        if (!COMMANDS.contains(command)) {
            throw new UsageException(unknownCommand(command));
        }
        if (words.contains("--help") || words.contains("-h")) {
            int separator = new ArrayList<>(words).indexOf("--");
            if (separator < 0) {
                return new Request.Help();
            }
        }
        readWords(command);
        for (String folder : dataVariable.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                data.add(Path.of(folder));
            }
        }
        return switch (command) {
            case "run" -> run();
            case "eval" -> eval();
            case "repl" -> interactive();
            case "check" -> new Request.Check(files(command), settings());
            case "fmt" -> new Request.Format(files(command), checkOnly);
            case "version" -> none(command, new Request.Version());
            default -> none(command, new Request.Help());
        };
    }

    private static String unknownCommand(String command) {
        if (command.endsWith(".meso")) {
            return "to run a script, write `meso run " + command + "`";
        }
        String hint = Suggest.didYouMean(command, COMMANDS);
        return "there is no command '" + command + "'"
                + (hint.isEmpty() ? ": one of " + String.join(", ", COMMANDS) : ", " + hint);
    }

    private void readWords(String command) {
        boolean runs = List.of("run", "eval", "repl").contains(command);
        while (!words.isEmpty()) {
            String word = words.pop();
            if (word.equals("--") && runs) {
                scriptArguments.addAll(words);
                words.clear();
            } else if (!word.startsWith("-")
                    || word.equals("-")
                    || (command.equals("eval") && plain.isEmpty() && !isOption(word))) {
                plain.add(word);
            } else {
                readOption(command, word);
            }
        }
    }

    /** Whether a word that starts with a dash is meant as an option: code such as {@code -1 + 2} is not. */
    private static boolean isOption(String word) {
        return word.startsWith("--");
    }

    private void readOption(String command, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String given = equals < 0 ? null : word.substring(equals + 1);
        boolean runs = List.of("run", "eval", "repl", "check").contains(command);
        switch (name) {
            case "--data" -> {
                allow(runs, command, name);
                data.add(Path.of(value(name, given)));
            }
            case "--threads" -> {
                allow(runs, command, name);
                threads = (int) number(name, value(name, given), 1, 65_536);
            }
            case "--seed" -> {
                allow(runs, command, name);
                seed = number(name, value(name, given), Long.MIN_VALUE, Long.MAX_VALUE);
            }
            case "--dump" -> {
                allow(command.equals("run") || command.equals("eval"), command, name);
                dump = phase(value(name, given));
            }
            case "--check" -> {
                allow(command.equals("fmt"), command, name);
                checkOnly = true;
            }
            default -> throw new UsageException(unknownOption(name));
        }
    }

    private static String unknownOption(String name) {
        String hint = Suggest.didYouMean(name, List.of("--data", "--threads", "--seed", "--dump", "--check", "--help"));
        return "there is no option '" + name + "'" + (hint.isEmpty() ? "" : ", " + hint)
                + " (a script's own arguments stand after `--`)";
    }

    private static void allow(boolean allowed, String command, String option) {
        if (!allowed) {
            throw new UsageException("`meso " + command + "` takes no " + option);
        }
    }

    private String value(String name, String given) {
        if (given != null) {
            return given;
        }
        if (words.isEmpty()) {
            throw new UsageException(name + " needs a value");
        }
        return words.pop();
    }

    private static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(name + " needs a whole number"
                + (least > Long.MIN_VALUE ? " from " + least + " to " + most : "") + ", found '" + text + "'");
    }

    private static Phase phase(String text) {
        for (Phase phase : Phase.values()) {
            if (phase.name().equalsIgnoreCase(text)) {
                return phase;
            }
        }
        throw new UsageException("--dump needs tokens, tree or code, found '" + text.toLowerCase(Locale.ROOT) + "'");
    }

    private Settings settings() {
        return new Settings(List.copyOf(data), threads, seed, List.copyOf(scriptArguments));
    }

    private Request run() {
        if (plain.isEmpty()) {
            throw new UsageException("which script? `meso run FILE`");
        }
        if (plain.size() > 1) {
            throw new UsageException("one script at a time, found also '" + plain.get(1)
                    + "' (a script's own arguments stand after `--`)");
        }
        Path file = Path.of(plain.getFirst());
        if (dump == null) {
            return new Request.Run(file, settings());
        }
        try {
            return new Request.Dump(dump, file.toString(), Files.readString(file), settings());
        } catch (IOException e) {
            throw new UsageException("cannot read " + file);
        }
    }

    private Request eval() {
        if (plain.size() != 1) {
            throw new UsageException(
                    plain.isEmpty()
                            ? "which code? `meso eval 'CODE'`"
                            : "one piece of code, in quotes: `meso eval '" + String.join(" ", plain) + "'`");
        }
        String code = plain.getFirst();
        return dump == null ? new Request.Eval(code, settings()) : new Request.Dump(dump, "<eval>", code, settings());
    }

    private Request interactive() {
        return none("repl", new Request.Interactive(settings()));
    }

    private List<Path> files(String command) {
        if (plain.isEmpty()) {
            throw new UsageException("which files? `meso " + command + " FILE…`");
        }
        return plain.stream().map(Path::of).toList();
    }

    private Request none(String command, Request request) {
        if (!plain.isEmpty()) {
            throw new UsageException("`meso " + command + "` takes no '" + plain.getFirst() + "'");
        }
        return request;
    }
}
