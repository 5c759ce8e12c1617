package dev.meso.repl;

import java.util.List;

/** The program {@code meso}. */
public final class Main {
    private Main() {}

    /** Does what the command line asks for and ends the process with the status it deserves. */
    public static void main(String[] words) {
        Cancellation cancellation = new Cancellation();
        Console console = Console.ofProcess(cancellation::outputGone);
        int status = new Commands(console, cancellation).run(List.of(words), System.getenv());
        console.out().close();
        console.err().close();
        cancellation.finished(status);
    }
}
