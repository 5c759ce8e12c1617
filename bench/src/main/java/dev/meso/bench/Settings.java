package dev.meso.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code bench/run} was asked for.
 *
 * @param peers the script that runs the peers, which is not part of Meso
 * @param python the Python with the peers' packages
 * @param data the folder with microns-pyc, celegans, zebrafish-hindbrain
 * @param fly an edge list of the size of the fly's connectome; made if absent
 * @param kernels whether JMH runs too
 * @param out where the tables are written
 */
record Settings(
        Optional<Path> peers, String python, Optional<Path> data, Optional<Path> fly, boolean kernels, Path out) {
    static final String USAGE =
            "usage: bench/run [--peers PEERS.py] [--python PYTHON] [--data DIR] [--fly CSV] [--no-kernels] [--out FILE.md]";

    static Settings of(String[] args, Path root) {
        Optional<Path> peers = Optional.empty();
        Optional<Path> data = Optional.empty();
        Optional<Path> fly = Optional.empty();
        String python = "python3";
        boolean kernels = true;
        Path out = root.resolve("bench/target/results.md");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--no-kernels" -> kernels = false;
                case "--peers" -> peers = Optional.of(Path.of(value(args, ++i)));
                case "--python" -> python = value(args, ++i);
                case "--data" -> data = Optional.of(Path.of(value(args, ++i)));
                case "--fly" -> fly = Optional.of(Path.of(value(args, ++i)));
                case "--out" -> out = Path.of(value(args, ++i));
                default -> throw new IllegalArgumentException("unknown option " + args[i] + "\n" + USAGE);
            }
        }
        return new Settings(peers, python, data, fly, kernels, out);
    }

    private static String value(String[] args, int i) {
        if (i == args.length) {
            throw new IllegalArgumentException(args[i - 1] + " needs a value\n" + USAGE);
        }
        return args[i];
    }
}
