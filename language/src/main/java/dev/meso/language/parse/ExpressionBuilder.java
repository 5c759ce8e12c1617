package dev.meso.language.parse;

import static dev.meso.language.parse.TreeBuilder.span;

import dev.meso.grammar.MesoLexer;
import dev.meso.grammar.MesoParser;
import dev.meso.grammar.MesoParserBaseVisitor;
import dev.meso.language.ast.Argument;
import dev.meso.language.ast.BinaryOperator;
import dev.meso.language.ast.ComparisonOperator;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Parameter;
import dev.meso.language.ast.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Expressions: one method for each label of the rules {@code expression} and {@code primary}. */
final class ExpressionBuilder extends MesoParserBaseVisitor<Expression> {
    /** Operators inside each other, such as the terms of one long sum. */
    private static final int DEEPEST = 500;

    private final TreeBuilder tree;
    private int depth;

    ExpressionBuilder(TreeBuilder tree) {
        this.tree = tree;
    }

    Expression build(ParserRuleContext context) {
        if (++depth > DEEPEST) {
            throw new GuardedParser.TooDeep(TreeBuilder.span(context.getStart()));
        }
        Expression built = context.accept(this);
        depth--;
        return built;
    }

    // ---- Operators -------------------------------------------------------------------------------------------

    @Override
    public Expression visitPowerExpression(MesoParser.PowerExpressionContext context) {
        if (context.operator.getType() == MesoLexer.DOUBLE_STAR) {
            tree.refuse(context.operator, "`**` is no operator", "a power is written `^`");
        }
        return binary(context, BinaryOperator.POWER, context.operator, context.left, context.right);
    }

    @Override
    public Expression visitMultiplyExpression(MesoParser.MultiplyExpressionContext context) {
        BinaryOperator operator =
                switch (context.operator.getType()) {
                    case MesoLexer.STAR -> BinaryOperator.MULTIPLY;
                    case MesoLexer.SLASH -> BinaryOperator.DIVIDE;
                    default -> BinaryOperator.REMAINDER;
                };
        return binary(context, operator, context.operator, context.left, context.right);
    }

    @Override
    public Expression visitAddExpression(MesoParser.AddExpressionContext context) {
        boolean plus = context.operator.getType() == MesoLexer.PLUS;
        BinaryOperator operator = plus ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
        return binary(context, operator, context.operator, context.left, context.right);
    }

    private Expression binary(
            ParserRuleContext context,
            BinaryOperator operator,
            Token sign,
            ParserRuleContext left,
            ParserRuleContext right) {
        return new Expression.Binary(span(context), operator, span(sign), build(left), build(right));
    }

    @Override
    public Expression visitSignExpression(MesoParser.SignExpressionContext context) {
        if (context.operator.getType() == MesoLexer.MINUS) {
            boolean smallest = context.operand.getText().replace("_", "").equals("9223372036854775808");
            return smallest
                    ? new Expression.IntegerLiteral(span(context), Long.MIN_VALUE)
                    : new Expression.Negate(span(context), build(context.operand));
        }
        if (context.operator.getType() == MesoLexer.PLUS) {
            tree.refuse(context.operator, "a number has no sign `+`", "leave the `+` out");
            return build(context.operand);
        }
        tree.refuse(context.operator, "`!` is no operator", "write `not`");
        return new Expression.Not(span(context), build(context.operand));
    }

    @Override
    public Expression visitRangeExpression(MesoParser.RangeExpressionContext context) {
        if (context.left instanceof MesoParser.RangeExpressionContext) {
            tree.refuse(span(context), "a range has two ends", "write `1..10 step 2` for a step");
        }
        return new Expression.Range(span(context), build(context.left), build(context.right), null);
    }

    @Override
    public Expression visitStepExpression(MesoParser.StepExpressionContext context) {
        Expression step = build(context.right);
        if (context.left instanceof MesoParser.RangeExpressionContext range) {
            return new Expression.Range(span(context), build(range.left), build(range.right), step);
        }
        tree.refuse(context.STEP().getSymbol(), "`step` belongs after a range", "write `1..10 step 2`");
        return step;
    }

    @Override
    public Expression visitCompareExpression(MesoParser.CompareExpressionContext context) {
        List<Expression> operands = new ArrayList<>(2);
        List<ComparisonOperator> operators = new ArrayList<>(1);
        ParserRuleContext left = context;
        while (left instanceof MesoParser.CompareExpressionContext chain) {
            operands.add(build(chain.right));
            operators.add(comparison(chain.operator));
            left = chain.left;
        }
        operands.add(build(left));
        Collections.reverse(operands);
        Collections.reverse(operators);
        return new Expression.Comparison(
                span(context), Collections.unmodifiableList(operands), Collections.unmodifiableList(operators));
    }

    private ComparisonOperator comparison(MesoParser.ComparatorContext context) {
        Token sign = context.getStart();
        return switch (sign.getType()) {
            case MesoLexer.EQUAL -> ComparisonOperator.EQUAL;
            case MesoLexer.NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case MesoLexer.LESS -> ComparisonOperator.LESS;
            case MesoLexer.LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case MesoLexer.GREATER -> ComparisonOperator.GREATER;
            case MesoLexer.GREATER_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
            case MesoLexer.IN -> ComparisonOperator.IN;
            case MesoLexer.NOT -> ComparisonOperator.NOT_IN;
            case MesoLexer.ARROW_FROM -> {
                tree.refuse(
                        sign,
                        "`<-` is the arrow of motifs",
                        "write `x = 5` to assign, or `x < -5` with a space to compare");
                yield ComparisonOperator.LESS;
            }
            default -> slippedComparison(sign);
        };
    }

    private ComparisonOperator slippedComparison(Token sign) {
        ComparisonOperator meant =
                switch (sign.getText()) {
                    case "===" -> ComparisonOperator.EQUAL;
                    case "=<", "≤" -> ComparisonOperator.LESS_OR_EQUAL;
                    case "≥" -> ComparisonOperator.GREATER_OR_EQUAL;
                    default -> ComparisonOperator.NOT_EQUAL;
                };
        tree.refuse(sign, "`" + sign.getText() + "` is no comparison", "write `" + meant.symbol() + "`");
        return meant;
    }

    @Override
    public Expression visitNotExpression(MesoParser.NotExpressionContext context) {
        return new Expression.Not(span(context), build(context.operand));
    }

    @Override
    public Expression visitAndExpression(MesoParser.AndExpressionContext context) {
        if (context.operator.getType() != MesoLexer.AND) {
            tree.refuse(context.operator, "`" + context.operator.getText() + "` is no operator", "write `and`");
        }
        return new Expression.And(span(context), build(context.left), build(context.right));
    }

    @Override
    public Expression visitOrExpression(MesoParser.OrExpressionContext context) {
        if (context.operator.getType() != MesoLexer.OR) {
            String sign = context.operator.getText();
            tree.refuse(
                    context.operator,
                    "`" + sign + "` is no operator",
                    sign.equals("|") ? "write `or`, or `|>` for a pipe" : "write `or`");
        }
        return new Expression.Or(span(context), build(context.left), build(context.right));
    }

    @Override
    public Expression visitPipeExpression(MesoParser.PipeExpressionContext context) {
        Expression left = build(context.left);
        Expression right = build(context.right);
        if (right instanceof Expression.Call call && !(context.right instanceof MesoParser.PrimaryExpressionContext)) {
            if (call.callee() instanceof Expression.Member member && !isPath(member.target())) {
                tree.refuse(
                        call.span(),
                        "`|>` passes its left side to one call, and here are two",
                        "put the first in parentheses: `(a |> f()).g()`");
            }
            return new Expression.Pipe(span(context), left, call.callee(), call.arguments());
        }
        if (!isPath(right)) {
            tree.refuse(right.span(), "what stands right of `|>` must be a call or a name", "write `x |> f(y)`");
        }
        return new Expression.Pipe(span(context), left, right, List.of());
    }

    /** Whether it is a name with or without members: {@code triads}, {@code fb.triads}. */
    private static boolean isPath(Expression expression) {
        Expression at = expression;
        while (at instanceof Expression.Member member) {
            at = member.target();
        }
        return at instanceof Expression.Variable;
    }

    // ---- Calls, members, indexes -----------------------------------------------------------------------------

    @Override
    public Expression visitMemberExpression(MesoParser.MemberExpressionContext context) {
        return new Expression.Member(span(context), build(context.target), tree.name(context.member));
    }

    @Override
    public Expression visitCallExpression(MesoParser.CallExpressionContext context) {
        Expression callee = build(context.callee);
        List<Argument> arguments = tree.arguments(context.arguments());
        return new Expression.Call(span(context), callee, arguments);
    }

    @Override
    public Expression visitIndexExpression(MesoParser.IndexExpressionContext context) {
        Expression target = build(context.target);
        if (context.index() instanceof MesoParser.OpenIndexContext open) {
            return new Expression.Slice(span(context), target, null, open.to == null ? null : build(open.to));
        }
        MesoParser.ExpressionIndexContext index = (MesoParser.ExpressionIndexContext) context.index();
        Expression value = build(index.value);
        if (index.open != null) {
            return new Expression.Slice(span(context), target, value, null);
        }
        if (value instanceof Expression.Range range
                && range.step() == null
                && !(operation(index.value) instanceof MesoParser.PrimaryExpressionContext)) {
            return new Expression.Slice(span(context), target, range.from(), range.to());
        }
        return new Expression.Index(span(context), target, value);
    }

    private static ParserRuleContext operation(MesoParser.ExpressionContext context) {
        return context instanceof MesoParser.OperationExpressionContext operation ? operation.value : context;
    }

    // ---- Lambdas and conditions ------------------------------------------------------------------------------

    @Override
    public Expression visitLambdaExpression(MesoParser.LambdaExpressionContext context) {
        Name formal = tree.name(context.formal);
        List<Parameter> parameters = List.of(new Parameter(formal.span(), formal, null));
        return new Expression.Lambda(span(context), parameters, lambdaBody(context.body));
    }

    @Override
    public Expression visitLambdaOfManyExpression(MesoParser.LambdaOfManyExpressionContext context) {
        return new Expression.Lambda(span(context), tree.parameters(context.formals), lambdaBody(context.body));
    }

    private Expression lambdaBody(MesoParser.LambdaBodyContext context) {
        if (context instanceof MesoParser.LambdaBlockContext block) {
            return tree.block(block.body);
        }
        MesoParser.ExpressionContext value = ((MesoParser.LambdaValueContext) context).value;
        if (value.getStart().getType() == MesoLexer.LBRACE) {
            tree.refuse(
                    value.getStart(),
                    "`{` after `=>` opens a block",
                    "put a record that a function returns in parentheses: `x => ({…})`");
        }
        return build(value);
    }

    @Override
    public Expression visitIfExpression(MesoParser.IfExpressionContext context) {
        Expression otherwise = context.otherwise == null ? null : tree.block(context.otherwise);
        int end = span(context).end();
        int levels = context.tests.size();
        if (levels > TokenFilter.DEEPEST) {
            throw new GuardedParser.TooDeep(TreeBuilder.span(context.getStart()));
        }
        for (int i = levels - 1; i >= 0; i--) {
            int start = context.IF(i).getSymbol().getStartIndex();
            otherwise = new Expression.If(
                    new Span(start, end),
                    tree.condition(context.tests.get(i)),
                    tree.block(context.blocks.get(i)),
                    otherwise);
        }
        return otherwise;
    }

    // ---- What stands alone -----------------------------------------------------------------------------------

    @Override
    public Expression visitOperationExpression(MesoParser.OperationExpressionContext context) {
        return context.value.accept(this);
    }

    @Override
    public Expression visitPrimaryExpression(MesoParser.PrimaryExpressionContext context) {
        return context.primary().accept(this);
    }

    @Override
    public Expression visitParenthesized(MesoParser.ParenthesizedContext context) {
        return build(context.value);
    }

    @Override
    public Expression visitVariable(MesoParser.VariableContext context) {
        return new Expression.Variable(span(context), context.getStart().getText());
    }

    @Override
    public Expression visitBooleanLiteral(MesoParser.BooleanLiteralContext context) {
        return new Expression.BooleanLiteral(span(context), context.value.getType() == MesoLexer.TRUE);
    }

    @Override
    public Expression visitNoneLiteral(MesoParser.NoneLiteralContext context) {
        return new Expression.NoneLiteral(span(context));
    }

    @Override
    public Expression visitIntegerLiteral(MesoParser.IntegerLiteralContext context) {
        String digits = context.getText().replace("_", "");
        try {
            return new Expression.IntegerLiteral(span(context), Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            tree.refuse(
                    span(context),
                    "this whole number does not fit 64 bits",
                    "write `" + digits + ".0` for a number that may be rounded, or `\"" + digits + "\"` for an id");
            return new Expression.IntegerLiteral(span(context), 0);
        }
    }

    @Override
    public Expression visitDoubleLiteral(MesoParser.DoubleLiteralContext context) {
        return new Expression.DoubleLiteral(span(context), number(context.getStart()));
    }

    @Override
    public Expression visitQuantityLiteral(MesoParser.QuantityLiteralContext context) {
        Token unit = context.UNIT().getSymbol();
        return new Expression.QuantityLiteral(
                span(context), number(context.number), span(unit), Units.plain(unit.getText()));
    }

    private double number(Token token) {
        double value = Double.parseDouble(token.getText().replace("_", ""));
        if (Double.isInfinite(value)) {
            tree.refuse(token, "this number is too large for a double", "the largest is about 1.8e308");
        }
        return value;
    }

    @Override
    public Expression visitTextLiteral(MesoParser.TextLiteralContext context) {
        return new TextBuilder(tree).build(context.text());
    }

    @Override
    public Expression visitListLiteral(MesoParser.ListLiteralContext context) {
        List<Expression> items = new ArrayList<>(context.items.size());
        for (MesoParser.ExpressionContext item : context.items) {
            items.add(build(item));
        }
        return new Expression.ListLiteral(span(context), Collections.unmodifiableList(items));
    }

    @Override
    public Expression visitRecordLiteral(MesoParser.RecordLiteralContext context) {
        List<Expression.Field> fields = new ArrayList<>(context.items.size());
        for (MesoParser.FieldContext item : context.items) {
            fields.add(field(item));
        }
        return new Expression.RecordLiteral(span(context), Collections.unmodifiableList(fields));
    }

    private Expression.Field field(MesoParser.FieldContext context) {
        if (context instanceof MesoParser.WordFieldContext field) {
            return new Expression.Field(span(context), tree.name(field.target), build(field.value));
        }
        MesoParser.TextFieldSlipContext slip = (MesoParser.TextFieldSlipContext) context;
        tree.refuse(span(slip.key), "the name of a field stands without quotes", "write `{name: …}`");
        return new Expression.Field(span(context), new Name(span(slip.key), ""), build(slip.value));
    }

    @Override
    public Expression visitDigitNameSlip(MesoParser.DigitNameSlipContext context) {
        tree.refuse(span(context), digitNameMessage(context.getText()), digitNameHint(context.getText()));
        return new Expression.Variable(span(context), context.getText());
    }

    private static String digitNameMessage(String text) {
        return "`" + text + "` is neither a number nor a name";
    }

    private static String digitNameHint(String text) {
        int letter = 0;
        while (letter < text.length() && !Character.isLetter(text.charAt(letter)) && text.charAt(letter) != '_') {
            letter++;
        }
        return "a name cannot start with a digit; to multiply write `" + text.substring(0, letter) + " * "
                + text.substring(letter) + "`";
    }

    @Override
    public Expression visitQuotedSlip(MesoParser.QuotedSlipContext context) {
        String quoted = context.getText();
        tree.refuse(
                span(context),
                "text stands in double quotes",
                "write `\"" + quoted.substring(1, quoted.length() - 1) + "\"`");
        return new Expression.TextLiteral(span(context), List.of());
    }
}
