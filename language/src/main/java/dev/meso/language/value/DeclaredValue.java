package dev.meso.language.value;

import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;

/** A {@code module}, {@code loss} or {@code model}: what its clauses say, evaluated where it was declared. */
public abstract sealed class DeclaredValue extends MesoValue permits LossValue, ModelValue, ModuleValue {
    private final Declaration declaration;
    private final String source;

    DeclaredValue(Declaration declaration, String source) {
        this.declaration = declaration;
        this.source = source;
    }

    /** The value of a declaration; {@code body} is the record that the checker describes in {@code Code.Declared}. */
    public static DeclaredValue of(Declaration declaration, RecordValue body, String source) {
        return switch (declaration) {
            case Declaration.Module m ->
                new ModuleValue(m, ModuleMenus.of(m.name().text(), body), source);
            case Declaration.Loss l -> new LossValue(l, body, source);
            case Declaration.Model m -> new ModelValue(m, body, source);
            case Declaration.Dynamics d -> throw new IllegalArgumentException(source);
            case Declaration.NullModel n -> throw new IllegalArgumentException(source);
            case Declaration.Motif m -> throw new IllegalArgumentException(source);
        };
    }

    /** The name it was declared under. */
    public final String name() {
        return declaration.name().text();
    }

    public final Declaration declaration() {
        return declaration;
    }

    @Override
    public String text() {
        return source;
    }

    @Override
    public String shortText() {
        return kind() + " " + name();
    }

    static <T extends DeclaredValue> Members.Builder<T> members(Class<T> type) {
        return Members.of(type)
                .property("name", Kind.TEXT, "the name it was declared under", DeclaredValue::name)
                .property("source", Kind.TEXT, "the declaration as written", DeclaredValue::text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeclaredValue d && getClass() == d.getClass() && source.equals(d.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
