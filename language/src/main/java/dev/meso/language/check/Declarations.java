package dev.meso.language.check;

import dev.meso.language.ast.Declaration;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Type.Kind;

/** Checks the declarations, one class for each kind. */
final class Declarations {
    private final NullModelCheck nullModels;
    private final MotifCheck motifs;
    private final ModelCheck models;

    Declarations(Session session, Expressions expressions) {
        nullModels = new NullModelCheck(session, expressions);
        motifs = new MotifCheck(session, expressions);
        models = new ModelCheck(session, expressions);
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
                    case Declaration.NullModel n -> nullModels.check(at, n);
                    case Declaration.Motif m -> motifs.check(at, m);
                    case Declaration.Module m -> {
                        models.module(at, m);
                        yield new Code.Other(m.span(), m);
                    }
                    case Declaration.Loss l -> {
                        models.loss(at, l);
                        yield new Code.Other(l.span(), l);
                    }
                    case Declaration.Model m -> {
                        models.model(at, m);
                        yield new Code.Other(m.span(), m);
                    }
                    case Declaration.Dynamics d -> {
                        models.dynamics(at, d);
                        yield new Code.Other(d.span(), d);
                    }
                };
        return new Checked(code, typeOf(declaration));
    }
}
