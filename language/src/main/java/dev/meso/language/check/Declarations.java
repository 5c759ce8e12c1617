package dev.meso.language.check;

import dev.meso.language.ast.Declaration;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Type.Kind;

/** Checks the declarations, one class for each kind, loaded when a program first has one. */
final class Declarations {
    private final Session session;
    private final Expressions expressions;

    Declarations(Session session, Expressions expressions) {
        this.session = session;
        this.expressions = expressions;
    }

    /** What a declaration binds to its name, before its body has been looked at. */
    static Type typeOf(Declaration declaration) {
        return switch (declaration) {
            case Declaration.NullModel n -> Type.of(Kind.NULL_MODEL);
            case Declaration.Motif m ->
                m.parameters().isEmpty()
                        ? Type.of(Kind.MOTIF)
                        : Expressions.signature(m.name().text(), m.parameters(), Type.of(Kind.MOTIF));
            case Declaration.Module m -> Type.of(Kind.MODULE);
            case Declaration.Loss l -> Type.of(Kind.LOSS);
            case Declaration.Model m -> Type.of(Kind.MODEL);
            case Declaration.Dynamics d ->
                d.parameters().isEmpty()
                        ? Type.of(Kind.DYNAMICS)
                        : Expressions.signature(d.name().text(), d.parameters(), Type.of(Kind.DYNAMICS));
        };
    }

    Checked check(BlockScope at, Declaration declaration) {
        Code code =
                switch (declaration) {
                    case Declaration.NullModel n -> new NullModelCheck(session, expressions).check(at, n);
                    case Declaration.Motif m -> new MotifCheck(session, expressions).check(at, m);
                    case Declaration.Module m ->
                        new Code.Declared(m.span(), m, new ModelCheck(session, expressions).module(at, m));
                    case Declaration.Loss l ->
                        new Code.Declared(l.span(), l, new ModelCheck(session, expressions).loss(at, l));
                    case Declaration.Model m ->
                        new Code.Declared(m.span(), m, new ModelCheck(session, expressions).model(at, m));
                    case Declaration.Dynamics d -> {
                        new ModelCheck(session, expressions).dynamics(at, d);
                        yield new Code.Other(d.span(), d);
                    }
                };
        return new Checked(code, typeOf(declaration));
    }
}
