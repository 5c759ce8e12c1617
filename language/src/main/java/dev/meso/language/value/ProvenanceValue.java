package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.Version;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.provenance.InputFile;
import dev.meso.runtime.provenance.Provenance;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.util.List;
import java.util.Map;

/** How a value came about, step by step. */
public final class ProvenanceValue extends MesoValue {
    private static final String SOFTWARE = "Meso " + Version.text() + ", Java " + Runtime.version() + ", "
            + System.getProperty("os.name") + " " + System.getProperty("os.arch");

    private final Provenance provenance;

    public ProvenanceValue(Provenance provenance) {
        this.provenance = provenance;
    }

    /** The versions that results of this run are computed with. */
    public static String software() {
        return SOFTWARE;
    }

    @Override
    public Members members() {
        return Holder.MEMBERS;
    }

    private static final class Holder {
        static final Members MEMBERS = Members.of(ProvenanceValue.class)
                .property(
                        "steps",
                        Kind.TABLE,
                        "each step with its facts: number, step, fact, value",
                        p -> new TableValue(p.provenance.table()))
                .property("files", Kind.TABLE, "the files read: file, bytes, sha256", p -> files(p.provenance.files()))
                .property("software", Kind.TEXT, "the versions it was computed with", p -> SOFTWARE)
                .end();
    }

    private static TableValue files(List<InputFile> files) {
        return new TableValue(Table.of(
                List.of("file", "bytes", "sha256"),
                List.of(
                        TextColumn.of(files.stream().map(InputFile::name).toArray(String[]::new)),
                        LongColumn.of(files.stream().mapToLong(InputFile::bytes).toArray()),
                        TextColumn.of(files.stream().map(InputFile::sha256).toArray(String[]::new)))));
    }

    @Override
    public String kind() {
        return "provenance";
    }

    @Override
    public String shortText() {
        return "provenance of " + provenance.steps().size() + " steps";
    }

    @Override
    @TruffleBoundary
    public String text() {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Provenance step : provenance.steps()) {
            text.append(++number).append(". ").append(step.step());
            String separator = ": ";
            for (Map.Entry<String, Object> fact : step.facts().entrySet()) {
                Object value = fact.getValue();
                text.append(separator).append(fact.getKey()).append(' ');
                text.append(value == null ? "none" : value instanceof String s ? s : Display.shortText(value));
                separator = ", ";
            }
            text.append('\n');
        }
        return text.append(SOFTWARE).toString();
    }
}
