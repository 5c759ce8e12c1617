package dev.meso.language.parse;

import static dev.meso.language.parse.TreeBuilder.span;

import dev.meso.grammar.MesoLexer;
import dev.meso.grammar.MesoParser;
import dev.meso.grammar.MesoParserBaseVisitor;
import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Statement;
import dev.meso.language.ast.TextPiece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Statements: one method for each label of the rule {@code statement}. */
final class StatementBuilder extends MesoParserBaseVisitor<Statement> {
    private final TreeBuilder tree;

    StatementBuilder(TreeBuilder tree) {
        this.tree = tree;
    }

    Statement build(MesoParser.StatementContext context) {
        return context.accept(this);
    }

    @Override
    public Statement visitLetStatement(MesoParser.LetStatementContext context) {
        return new Statement.Let(
                span(context),
                tree.name(context.target),
                tree.expressions.build(context.value),
                false,
                tree.doc(context));
    }

    @Override
    public Statement visitVarStatement(MesoParser.VarStatementContext context) {
        return new Statement.Let(
                span(context),
                tree.name(context.target),
                tree.expressions.build(context.value),
                true,
                tree.doc(context));
    }

    @Override
    public Statement visitFunctionStatement(MesoParser.FunctionStatementContext context) {
        return new Statement.Function(
                span(context),
                tree.name(context.target),
                tree.parameters(context.formals),
                functionBody(context.body),
                tree.doc(context));
    }

    private Expression functionBody(MesoParser.FunctionBodyContext context) {
        if (context instanceof MesoParser.ExpressionBodyContext body) {
            return tree.expressions.build(body.value);
        }
        if (context instanceof MesoParser.BlockBodyContext body) {
            return tree.block(body.body);
        }
        MesoParser.ArrowBodySlipContext slip = (MesoParser.ArrowBodySlipContext) context;
        tree.refuse(
                slip.sign,
                "`" + slip.sign.getText() + "` does not start the body of a function",
                "write `fn f(x) = x * x` or `fn f(x) { … }`");
        return slip.value == null ? tree.block(slip.block()) : tree.expressions.build(slip.value);
    }

    @Override
    public Statement visitForStatement(MesoParser.ForStatementContext context) {
        return new Statement.For(
                span(context),
                tree.name(context.target),
                tree.expressions.build(context.iterable),
                tree.block(context.body));
    }

    @Override
    public Statement visitWhileStatement(MesoParser.WhileStatementContext context) {
        return new Statement.While(span(context), tree.condition(context.test), tree.block(context.body));
    }

    @Override
    public Statement visitBreakStatement(MesoParser.BreakStatementContext context) {
        return new Statement.Break(span(context));
    }

    @Override
    public Statement visitContinueStatement(MesoParser.ContinueStatementContext context) {
        return new Statement.Continue(span(context));
    }

    @Override
    public Statement visitReturnStatement(MesoParser.ReturnStatementContext context) {
        return new Statement.Return(
                span(context), context.value == null ? null : tree.expressions.build(context.value));
    }

    @Override
    public Statement visitImportStatement(MesoParser.ImportStatementContext context) {
        Name alias = context.alias == null ? null : tree.name(context.alias);
        if (context.source instanceof MesoParser.ImportFileContext source) {
            return new Statement.Import(span(context), file(source), null, alias);
        }
        MesoParser.ImportModuleContext source = (MesoParser.ImportModuleContext) context.source;
        List<Name> path = new ArrayList<>(2);
        path.add(tree.name(source.first));
        for (MesoParser.WordContext word : source.rest) {
            path.add(tree.name(word));
        }
        return new Statement.Import(span(context), null, Collections.unmodifiableList(path), alias);
    }

    private String file(MesoParser.ImportFileContext context) {
        Expression.TextLiteral text = new TextBuilder(tree).build(context.file);
        if (text.pieces().size() == 1 && text.pieces().get(0) instanceof TextPiece.Literal literal) {
            return literal.text();
        }
        tree.refuse(
                text.span(),
                text.pieces().isEmpty()
                        ? "the name of the file is empty"
                        : "the name of an imported file must be plain text",
                "write it out: `import \"motifs/feedback.meso\"`");
        return "";
    }

    @Override
    public Statement visitAssertStatement(MesoParser.AssertStatementContext context) {
        Expression message = context.message == null ? null : tree.expressions.build(context.message);
        return new Statement.Assert(span(context), tree.condition(context.test), message);
    }

    @Override
    public Statement visitExpectStatement(MesoParser.ExpectStatementContext context) {
        return new Statement.Expect(
                span(context),
                tree.condition(context.test),
                context.tolerance == null ? null : tree.expressions.build(context.tolerance),
                context.source == null ? null : tree.expressions.build(context.source));
    }

    @Override
    public Statement visitDeclareStatement(MesoParser.DeclareStatementContext context) {
        return new Statement.Declare(span(context), tree.declarations.build(context.declaration()));
    }

    @Override
    public Statement visitExpressionStatement(MesoParser.ExpressionStatementContext context) {
        Expression target = tree.expressions.build(context.target);
        if (context.slip != null) {
            tree.refuse(context.slip, "`++` is no operator", "write `+= 1`");
        }
        if (context.operator == null) {
            return new Statement.Evaluate(span(context), target);
        }
        BinaryOperator operator = operator(context.operator);
        Expression value = tree.expressions.build(context.value);
        if (target instanceof Expression.Variable variable) {
            return new Statement.Assign(span(context), new Name(variable.span(), variable.name()), operator, value);
        }
        tree.refuse(
                target.span(),
                "only a variable can be assigned to",
                target instanceof Expression.Member || target instanceof Expression.Index
                        ? "values never change; make a new one and give it to a `var`"
                        : "to compare write `==`");
        return new Statement.Evaluate(span(context), value);
    }

    /** The operator of {@code +=}; null for {@code =}. */
    BinaryOperator operator(MesoParser.AssignmentContext context) {
        Token sign = context.getStart();
        return switch (sign.getType()) {
            case MesoLexer.PLUS_ASSIGN -> BinaryOperator.ADD;
            case MesoLexer.MINUS_ASSIGN -> BinaryOperator.SUBTRACT;
            case MesoLexer.STAR_ASSIGN -> BinaryOperator.MULTIPLY;
            case MesoLexer.SLASH_ASSIGN -> BinaryOperator.DIVIDE;
            case MesoLexer.PERCENT_ASSIGN -> BinaryOperator.REMAINDER;
            case MesoLexer.POWER_ASSIGN -> BinaryOperator.POWER;
            case MesoLexer.COLON_ASSIGN -> {
                tree.refuse(sign, "`:=` is no operator", "write `=`");
                yield null;
            }
            default -> null;
        };
    }
}
