package dev.meso.repl;

import dev.meso.repl.Request.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** Makes the polyglot contexts in which programs run. */
final class Programs {
    static final String LANGUAGE = "meso";

    private Programs() {}

    /** A context with files, the settings and the console's streams; close it to end the program. */
    static Context open(Settings settings, Console console) {
        return builder(settings, console).build();
    }

    /**
     * The same, to be completed.
     *
     * @throws UsageException for a data folder that is not there: its files would be missed one by one
     */
    static Context.Builder builder(Settings settings, Console console) {
        for (Path folder : settings.data()) {
            if (!Files.isDirectory(folder)) {
                throw new UsageException("there is no data folder '" + folder + "' (--data or MESO_DATA)");
            }
        }
        Context.Builder builder = Context.newBuilder(LANGUAGE)
                .in(console.in())
                .out(console.out())
                .err(console.err())
                .allowIO(IOAccess.ALL)
                .allowPolyglotAccess(PolyglotAccess.newBuilder()
                        .allowBindingsAccess(LANGUAGE)
                        .build())
                .option("meso.progress", Boolean.toString(console.errorTerminal()))
                .arguments(LANGUAGE, settings.arguments().toArray(String[]::new));
        if (!settings.data().isEmpty()) {
            builder.option(
                    "meso.data",
                    settings.data().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        if (settings.threads() > 0) {
            builder.option("meso.threads", Integer.toString(settings.threads()));
        }
        if (settings.seed() != null) {
            builder.option("meso.seed", Long.toString(settings.seed()));
        }
        return builder;
    }

    /** Whether the value is a picture that was not written to a file yet. */
    static boolean isUnseenPicture(Value value) {
        Value meta = value.getMetaObject();
        return meta != null
                && meta.getMetaSimpleName().equals("plot")
                && value.canInvokeMember("show")
                && value.getMember("file").isNull();
    }

    /** What the {@code expect} statements of a context found: {@code held}, {@code total}, {@code summary}. */
    static Value expectations(Context context) {
        return context.getBindings(LANGUAGE).getMember("meso:expectations");
    }

    static boolean allHold(Value expectations) {
        return expectations.getMember("held").asLong()
                == expectations.getMember("total").asLong();
    }
}
