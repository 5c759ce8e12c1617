package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.OtherDeclarationValue;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.List;

/** Names of the language whose work comes with a later version: calling one says so, with everything it will take. */
public final class LaterBuiltins {
    private static final String GROUP = "later versions";

    private LaterBuiltins() {}

    public static List<Builtin> all() {
        return List.of(later(
                "simulate", "Runs a model or dynamics.", "from", "steps", "duration", "step", "input", "on", "seed"));
    }

    private static Builtin later(String name, String about, String... options) {
        Builtin.Builder builder = Builtin.named(name)
                .group(GROUP)
                .about(about)
                .detail(about.endsWith("(not in this version).") ? "" : "Not in this version.")
                .parameter("x", Kind.ANY, "what it is asked of");
        for (String option : options) {
            builder.optional(option, Kind.ANY, "in a later version");
        }
        return builder.runs(LaterBuiltins::notYet);
    }

    private static Object notYet(Call call) {
        if (call.argument(0) instanceof OtherDeclarationValue declaration) {
            throw declaration.notYet();
        }
        throw new MesoException(
                ErrorCode.NOT_YET, "`" + call.builtin().name() + "` comes with a later version of Meso");
    }
}
