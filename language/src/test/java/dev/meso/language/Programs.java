package dev.meso.language;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Runs programs in a context of their own and keeps what they printed. */
final class Programs implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Context context;

    Programs() {
        this(Context.newBuilder("meso"));
    }

    Programs(Context.Builder builder) {
        context = builder.out(out)
                .err(out)
                .option("engine.WarnInterpreterOnly", "false")
                .build();
    }

    Context context() {
        return context;
    }

    Value eval(String code) {
        return context.eval("meso", code);
    }

    /** The message of the mistake in {@code code}. */
    String mistake(String code) {
        try {
            Value value = eval(code);
            throw new AssertionError("no mistake, but " + value);
        } catch (PolyglotException e) {
            if (e.isInternalError()) {
                throw new AssertionError(e);
            }
            return e.getMessage();
        }
    }

    String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Override
    public void close() {
        context.close(true);
    }
}
