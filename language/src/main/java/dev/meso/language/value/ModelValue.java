package dev.meso.language.value;

import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.ArrayList;
import java.util.List;

/** A {@code model} declaration: structure, activity, a basis of modules, their assignment, a loss. */
public final class ModelValue extends DeclaredValue {
    private final RecordValue clauses;

    ModelValue(Declaration.Model declaration, RecordValue clauses, String source) {
        super(declaration, source);
        this.clauses = clauses;
    }

    /** The value of a clause, or null where it was not given. */
    public Object clause(String word) {
        return clauses.get(word);
    }

    /**
     * The value of a clause that must be of this kind; null where it was not given.
     *
     * @param expected what messages call it: {@code "a recording"}
     */
    public <T> T clause(String word, Class<T> type, String expected) {
        Object value = clauses.get(word);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw new MesoException(
                ErrorCode.WRONG_TYPE,
                "'" + word + "' of the model " + name() + " is " + Values.describe(value) + ", not " + expected);
    }

    /** The same model of other values: {@code word} is replaced, or added. */
    public ModelValue with(String word, Object value) {
        List<String> names = new ArrayList<>(List.of(clauses.shape().names()));
        if (!names.contains(word)) {
            names.add(word);
        }
        Object[] values =
                names.stream().map(n -> n.equals(word) ? value : clauses.get(n)).toArray();
        return new ModelValue(
                (Declaration.Model) declaration(),
                new RecordValue(new RecordShape(names.toArray(new String[0])), values),
                text());
    }

    @Override
    public String kind() {
        return "model";
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    private static final class Table {
        static final Members MEMBERS = members(ModelValue.class)
                .property(
                        "clauses",
                        Kind.LIST,
                        "the clauses given",
                        m -> ListValue.of(List.of(m.clauses.shape().names())))
                .end();
    }
}
