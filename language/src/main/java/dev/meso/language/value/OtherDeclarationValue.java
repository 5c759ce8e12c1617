package dev.meso.language.value;

import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/** A {@code dynamics}: it can be shown; running it comes in a later version. */
public final class OtherDeclarationValue extends CallableValue {
    private final Declaration declaration;
    private final String source;

    public OtherDeclarationValue(Declaration declaration, String source) {
        this.declaration = declaration;
        this.source = source;
    }

    public Declaration declaration() {
        return declaration;
    }

    @Override
    public String kind() {
        return "dynamics";
    }

    @Override
    public String text() {
        return source;
    }

    @Override
    public String shortText() {
        return kind() + " " + declaration.name().text();
    }

    /** What using it says for now. */
    public MesoException notYet() {
        return new MesoException(
                ErrorCode.NOT_YET,
                "the " + kind() + " `" + declaration.name().text() + "` can be declared and shown, but not run yet",
                "running dynamics comes with a later version of Meso");
    }

    private static final Signature ANY = new Signature("declaration", new String[] {"arguments"}, new boolean[1], 0);

    @Override
    public Signature signature() {
        return ANY;
    }

    @Override
    public Object callBound(Object[] bound) {
        throw notYet();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OtherDeclarationValue o && source.equals(o.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(OtherDeclarationValue.class)
                .property("name", Kind.TEXT, "the name it was declared under", o -> o.declaration()
                        .name()
                        .text())
                .property("source", Kind.TEXT, "the declaration as written", OtherDeclarationValue::text)
                .end();
    }
}
