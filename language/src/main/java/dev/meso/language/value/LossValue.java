package dev.meso.language.value;

import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;
import java.util.List;

/** A {@code loss} declaration: named terms, each a function of the symbols it mentions. */
public final class LossValue extends DeclaredValue {
    private final RecordValue terms;

    LossValue(Declaration.Loss declaration, RecordValue terms, String source) {
        super(declaration, source);
        this.terms = terms;
    }

    /** The names of its terms, in order. */
    public List<String> terms() {
        return List.of(terms.shape().names());
    }

    /** The function behind a term; its parameters are named after the symbols it mentions. */
    public FunctionValue term(String name) {
        return (FunctionValue) terms.get(name);
    }

    @Override
    public String kind() {
        return "loss";
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    private static final class Table {
        static final Members MEMBERS = members(LossValue.class)
                .property("terms", Kind.LIST, "the names of its terms", l -> ListValue.of(l.terms()))
                .end();
    }
}
