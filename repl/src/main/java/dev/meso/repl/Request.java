package dev.meso.repl;

import java.nio.file.Path;
import java.util.List;

/** What the user asked for on the command line, already validated. */
sealed interface Request {
    /** Run a script; {@code arguments} are what the script sees as {@code args}. */
    record Run(Path file, Settings settings) implements Request {}

    /** Run the code and print its value. */
    record Eval(String code, Settings settings) implements Request {}

    /** An interactive session. */
    record Interactive(Settings settings) implements Request {}

    /** Parse and check without running. */
    record Check(List<Path> files, Settings settings) implements Request {}

    /** Format in place, or only say which files are not formatted. */
    record Format(List<Path> files, boolean checkOnly) implements Request {}

    /** Show what a phase makes of a script. */
    record Dump(Phase phase, String name, String code, Settings settings) implements Request {}

    record Version() implements Request {}

    record Help() implements Request {}

    /** The phases whose results can be shown. */
    enum Phase {
        TOKENS,
        TREE,
        CODE
    }

    /**
     * What a program runs with.
     *
     * @param data folders searched for files after the script's own
     * @param threads 0 for as many as the machine has
     * @param seed of everything random that names none, or null for the language's default
     * @param arguments what the script sees as {@code args}
     */
    record Settings(List<Path> data, int threads, Long seed, List<String> arguments) {
        static final Settings DEFAULT = new Settings(List.of(), 0, null, List.of());
    }
}
