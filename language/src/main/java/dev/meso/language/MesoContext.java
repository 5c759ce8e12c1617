package dev.meso.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleLanguage.ContextReference;
import com.oracle.truffle.api.nodes.Node;
import dev.meso.language.value.ListValue;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One running session: what the host allows and asked for, the names defined so far, the expectations checked so far. */
public final class MesoContext {
    private static final ContextReference<MesoContext> REFERENCE = ContextReference.create(MesoLanguage.class);

    private final MesoLanguage language;
    private final TruffleLanguage.Env env;
    private final Session session;
    private final Expectations expectations = new Expectations();
    private final Monitor monitor;
    private final int threads;
    private final long seed;

    private long randomStream;
    private int pictures;
    private HostFiles files;
    private Bindings bindings;

    MesoContext(MesoLanguage language, TruffleLanguage.Env env) {
        this.language = language;
        this.env = env;
        int asked = env.getOptions().get(MesoLanguage.THREADS);
        this.threads = asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
        this.seed = env.getOptions().get(MesoLanguage.SEED);
        this.monitor = new HostMonitor(env, env.getOptions().get(MesoLanguage.PROGRESS));
        this.session = new Session(this);
    }

    /** The context of the current thread. */
    public static MesoContext get(Node node) {
        return REFERENCE.get(node);
    }

    public MesoLanguage language() {
        return language;
    }

    public TruffleLanguage.Env env() {
        return env;
    }

    /** Reads, checks and builds sources; knows the modules loaded. */
    public Session session() {
        return session;
    }

    public Expectations expectations() {
        return expectations;
    }

    /** What long computations ask whether to stop and tell how far they are. */
    public Monitor monitor() {
        return monitor;
    }

    /** The threads of this session, watched by its monitor. */
    public Parallel parallel() {
        return new Parallel(threads, monitor);
    }

    public int threads() {
        return threads;
    }

    /** Inputs and outputs, as far as the host allows. */
    @TruffleBoundary
    public HostFiles files() {
        if (files == null) {
            files = new HostFiles(this);
        }
        return files;
    }

    /** The seed of random results that name none. */
    public long seed() {
        return seed;
    }

    /** Numbers the random sequences that name no seed, so that each is another one, the same in every run. */
    public long nextRandomStream() {
        return randomStream++;
    }

    /** Numbers the pictures that are shown, from 1. */
    public int nextPicture() {
        return ++pictures;
    }

    /** The arguments of the script. */
    @TruffleBoundary
    public ListValue arguments() {
        return ListValue.of((Object[]) env.getApplicationArguments().clone());
    }

    /** The folders of {@code meso.data}, in order. */
    @TruffleBoundary
    public List<String> dataFolders() {
        String folders = env.getOptions().get(MesoLanguage.DATA);
        return folders.isEmpty() ? List.of() : List.of(folders.split(env.getPathSeparator()));
    }

    /** The names of the session as other languages and the REPL see them. */
    Bindings bindings() {
        if (bindings == null) {
            bindings = new Bindings(this);
        }
        return bindings;
    }

    /** Writes a line to the program's output. */
    @TruffleBoundary
    public void printLine(String line) {
        try {
            OutputStream out = env.out();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes a line for the user that is no result: a warning. */
    @TruffleBoundary
    public void warn(String line) {
        try {
            OutputStream err = env.err();
            err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
