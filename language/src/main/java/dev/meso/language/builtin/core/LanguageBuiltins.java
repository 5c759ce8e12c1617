package dev.meso.language.builtin.core;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.Display;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.ProvenanceValue;
import dev.meso.language.value.TableValue;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.provenance.Provenance;
import java.util.List;

/** Printing, and asking a value about itself. */
public final class LanguageBuiltins {
    private static final String GROUP = "language";

    private LanguageBuiltins() {}

    public static List<Builtin> all() {
        return List.of(
                Builtin.named("print")
                        .group(GROUP)
                        .about(
                                "Prints values readably, with spaces between them: numbers to 6 digits, tables aligned on lines of"
                                        + " their own.")
                        .rest("values", Kind.ANY, "what to print")
                        .returns(Kind.NONE, "nothing")
                        .runs(LanguageBuiltins::print),
                Builtin.named("args")
                        .group(GROUP)
                        .about("The arguments of the script, as a list of text.")
                        .returns(Kind.LIST, "text")
                        .gives(call -> call.context().arguments()),
                Builtin.named("type")
                        .group(GROUP)
                        .about("The kind of a value, as text.")
                        .parameter("x", Kind.ANY, "any value")
                        .returns(Kind.TEXT, "\"integer\", \"number\", \"table\", …")
                        .runs(call -> Values.kind(call.argument(0))),
                Builtin.named("error")
                        .group(GROUP)
                        .about("Stops the program with a message.")
                        .parameter("message", Kind.ANY, "what went wrong")
                        .returns(Kind.NONE, "never returns")
                        .runs(call -> {
                            throw new MesoException(ErrorCode.USER_ERROR, Display.text(call.argument(0)));
                        }),
                Builtin.named("help")
                        .group(GROUP)
                        .about("Prints what a function, declaration or value is and how it is used.")
                        .optional("x", Kind.ANY, "anything; without it, the list of all built-ins")
                        .returns(Kind.NONE, "nothing")
                        .runs(call -> {
                            call.context().printLine(call.given(0) ? Help.about(call.argument(0)) : Help.contents());
                            return NoneValue.NONE;
                        }),
                Builtin.named("members")
                        .group(GROUP)
                        .about("What can follow the point after a value: its properties and methods.")
                        .parameter("x", Kind.ANY, "any value")
                        .returns(Kind.TABLE, "columns name, kind, about")
                        .runs(call -> Help.members(call.argument(0))),
                Builtin.named("describe")
                        .group(GROUP)
                        .about("A summary of a value: of a table one row for each column, of numbers their spread.")
                        .parameter("x", Kind.ANY, "any value")
                        .returns(Kind.ANY, "a table or record")
                        .runs(call -> Help.describe(call.argument(0))),
                Builtin.named("provenance")
                        .group(GROUP)
                        .about("How a result came about: files with their hashes, filters, seeds, samplers, versions.")
                        .parameter("x", Kind.ANY, "a value")
                        .returns(Kind.ANY, "with the tables `steps` and `files`; none where nothing is known")
                        .runs(LanguageBuiltins::provenance));
    }

    private static Object print(Call call) {
        StringBuilder line = new StringBuilder();
        Object[] values = call.rest(0);
        for (int i = 0; i < values.length; i++) {
            String text = Display.text(values[i]);
            boolean apart = values[i] instanceof TableValue || i > 0 && values[i - 1] instanceof TableValue;
            line.append(i == 0 ? "" : apart ? "\n" : " ").append(text);
        }
        call.context().printLine(line.toString());
        return NoneValue.NONE;
    }

    private static Object provenance(Call call) {
        Object provenance = call.argument(0) instanceof MesoValue value ? value.provenance() : null;
        if (provenance instanceof Provenance steps) {
            return new ProvenanceValue(steps);
        }
        return provenance == null ? NoneValue.NONE : provenance;
    }
}
