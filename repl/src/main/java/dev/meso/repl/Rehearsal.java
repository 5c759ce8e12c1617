package dev.meso.repl;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Engine;

/**
 * A short session that the launcher runs once after building: it proves that the flags of the start work, and the classes
 * it loads are kept for later starts. Ends with status 1 where the optimizing runtime is wanted and missing.
 */
final class Rehearsal {
    /** What most programs touch: the parser, tables of results, a graph, a null model, a mistake told. */
    private static final String PROGRAM =
            """
            let g = connectome(neurons: 5, synapses: [[0, 1], [1, 2], [2, 0], [2, 3], [3, 2], [3, 4]])
            fn double(x) = 2 * x
            let xs = [1, 2, 3] |> map(x => double(x) + 0.5)
            for x in xs { print("{x:.3f}", 20 um + 1 mm) }
            print(g.n, triads(g), {name: "AVA", n: xs[0]})
            expect sum(xs) == 13.5 +- 1e-9
            """;

    private static final String COMPARISON =
            """
            let g = connectome(neurons: 5, synapses: [[0, 1], [1, 2], [2, 0], [2, 3], [3, 2], [3, 4]])
            print(compare(g, triads, against: CFG, samples: 20, seed: 1))
            """;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("version"),
            List.of("eval", "1 + 1"),
            List.of("eval", PROGRAM),
            List.of("eval", COMPARISON),
            List.of("eval", "unknown + 1"),
            List.of("repl"));

    private Rehearsal() {}

    /** {@code optimizing} or {@code any}: the runtime that is wanted. */
    public static void main(String[] words) {
        try (Engine engine = Engine.create()) {
            if (words[0].equals("optimizing") && !Commands.isOptimizing(engine.getImplementationName())) {
                System.err.println("no optimizing runtime");
                System.exit(1);
            }
        }
        Console real = Console.ofProcess(() -> {});
        Console console = new Console(
                new ByteArrayInputStream("1 + 1\n".getBytes(StandardCharsets.UTF_8)),
                real.out(),
                real.err(),
                false,
                false,
                false);
        for (List<String> command : COMMANDS) {
            new Commands(console, new Cancellation()).run(command, Map.of());
        }
        PrintStream out = real.out();
        out.close();
        System.exit(0);
    }
}
