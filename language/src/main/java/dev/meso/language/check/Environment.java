package dev.meso.language.check;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.typed.ModuleScope;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the checker must be told about the world.
 *
 * @param builtin the built-in of a name, or null
 * @param builtinNames all of them, asked only for suggestions
 * @param prelude the standard library, asked only for names found nowhere else
 * @param imports other files
 * @param nullModels which combinations of statistics can be sampled
 * @param members what values of known kinds have
 */
public record Environment(
        Function<String, Builtin> builtin,
        Supplier<Collection<String>> builtinNames,
        Prelude prelude,
        Imports imports,
        NullModels nullModels,
        MemberTables members) {

    /** The names of the standard library that need no import. */
    public interface Prelude {
        /** The module that defines the name, {@code "std.motifs"}, or null. */
        String find(String name);

        Collection<String> names();
    }

    /** Loads and checks (without running) the files that a program imports. */
    public interface Imports {
        /**
         * The scope of the module after checking; its cells may still be empty.
         *
         * @param location a path as written, or {@code "std.motifs"} where {@code library}
         * @throws dev.meso.runtime.error.MesoException where there is no such file, it is wrong itself, or imports form a ring
         */
        ModuleScope load(String location, boolean library);
    }

    /** The null models the runtime has. */
    public interface NullModels {
        /**
         * Whether a model is known for exactly these statistics, written as in the source without arguments:
         * {@code "expected edges"}, {@code "reciprocal degrees"}, {@code "blocks"}, {@code "blocks(latent)"}, {@code "connections"}, and
         * {@code "shuffle weights"}.
         */
        boolean known(Set<String> statistics);

        /** The combinations that exist, as a reader wants them listed: {@code "degrees, reciprocal"}. */
        List<String> combinations();
    }

    /** The members of values of a kind: {@code g.n}, {@code t.where(…)}. */
    public interface MemberTables {
        /** The declaration of a member (its first parameter is the value), or null. */
        Builtin find(Builtin.Kind kind, String name);

        /** All members, or null where values of the kind may have others too (columns of a table). */
        Collection<String> names(Builtin.Kind kind);

        /** Whether a member is read rather than called. */
        boolean isProperty(Builtin.Kind kind, String name);
    }
}
