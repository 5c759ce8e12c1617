package dev.meso.language.value;

import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;
import java.util.List;

/** A {@code null} declaration: the list of statistics it preserves. */
public final class NullModelValue extends MesoValue {
    private final Declaration.NullModel declaration;
    private final RecordValue options;
    private final String source;

    /** @param options the named arguments, {@code "sample.per_edge"}, {@code "distance.bins"} */
    public NullModelValue(Declaration.NullModel declaration, RecordValue options, String source) {
        this.declaration = declaration;
        this.options = options;
        this.source = source;
    }

    public String name() {
        return declaration.name().text();
    }

    public Declaration.NullModel declaration() {
        return declaration;
    }

    /** The preserved statistics as they are written. */
    public List<Declaration.Statistic> statistics() {
        return declaration.clauses().stream()
                .filter(c -> c instanceof Declaration.Preserve)
                .flatMap(c -> ((Declaration.Preserve) c).statistics().stream())
                .toList();
    }

    /** Whether it keeps blocks that are to be fitted. */
    public boolean latent() {
        return statistics().stream().anyMatch(Declaration.Statistic::latent);
    }

    public RecordValue options() {
        return options;
    }

    @Override
    public String kind() {
        return "null model";
    }

    @Override
    public String text() {
        return source;
    }

    @Override
    public String shortText() {
        return "null " + name();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NullModelValue m && source.equals(m.source) && options.equals(m.options);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(NullModelValue.class)
                .property("name", Kind.TEXT, "the name it was declared under", NullModelValue::name)
                .property("source", Kind.TEXT, "the declaration as written", NullModelValue::text)
                .property("options", Kind.RECORD, "its options", NullModelValue::options)
                .end();
    }
}
