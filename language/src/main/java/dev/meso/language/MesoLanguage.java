package dev.meso.language;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.Option;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.nodes.Node;
import dev.meso.language.value.LanguageView;
import org.graalvm.options.OptionCategory;
import org.graalvm.options.OptionDescriptors;
import org.graalvm.options.OptionKey;
import org.graalvm.options.OptionStability;

/**
 * Meso for the polyglot engine: {@code Context.create("meso").eval("meso", code)}.
 *
 * <p>A tour. A source is read into a syntax tree ({@code parse}), whose names are resolved and whose declarations are
 * checked ({@code check}); the typed tree that results becomes nodes ({@code nodes}), one operation each, which work on
 * {@code value}s and call {@code builtin}s, which call the runtime. {@link Session} goes through these steps. All sources
 * evaluated in one context share one scope of names, so a session typed line by line behaves like one program.
 *
 * <p>Arguments of the script are the context's arguments ({@code Context.Builder.arguments("meso", …)}).
 */
@TruffleLanguage.Registration(
        id = MesoLanguage.ID,
        name = "Meso",
        implementationName = "Meso",
        defaultMimeType = MesoLanguage.MIME_TYPE,
        characterMimeTypes = MesoLanguage.MIME_TYPE,
        contextPolicy = TruffleLanguage.ContextPolicy.EXCLUSIVE,
        fileTypeDetectors = MesoFileDetector.class)
public final class MesoLanguage extends TruffleLanguage<MesoContext> {
    public static final String ID = "meso";
    public static final String MIME_TYPE = "application/x-meso";
    public static final String EXTENSION = ".meso";

    @Option(
            name = "threads",
            help = "Threads for long computations; 0 for one per processor. Results do not depend on it.",
            category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<Integer> THREADS = new OptionKey<>(0);

    @Option(
            name = "seed",
            help = "The seed of every random result that names none.",
            category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<Long> SEED = new OptionKey<>(0L);

    @Option(
            name = "data",
            help = "Folders in which files are looked up after the script's own, separated as in PATH.",
            category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<String> DATA = new OptionKey<>("");

    @Option(
            name = "progress",
            help = "Whether long computations write their progress to the error stream.",
            category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<Boolean> PROGRESS = new OptionKey<>(false);

    @Option(
            name = "dump",
            help = "Whether the checked code of each program is written to the output when it is built.",
            category = OptionCategory.INTERNAL,
            stability = OptionStability.STABLE)
    static final OptionKey<Boolean> DUMP = new OptionKey<>(false);

    private static final LanguageReference<MesoLanguage> REFERENCE = LanguageReference.create(MesoLanguage.class);

    public static MesoLanguage get(Node node) {
        return REFERENCE.get(node);
    }

    @Override
    protected MesoContext createContext(Env env) {
        return new MesoContext(this, env);
    }

    @Override
    protected boolean patchContext(MesoContext context, Env newEnv) {
        return false;
    }

    @Override
    protected CallTarget parse(ParsingRequest request) {
        return new EvalRootNode(this, MesoContext.get(null).session(), request.getSource()).getCallTarget();
    }

    @Override
    protected Object getScope(MesoContext context) {
        return context.bindings();
    }

    @Override
    protected Object getLanguageView(MesoContext context, Object value) {
        return new LanguageView(value);
    }

    @Override
    protected OptionDescriptors getOptionDescriptors() {
        return new MesoLanguageOptionDescriptors();
    }
}
