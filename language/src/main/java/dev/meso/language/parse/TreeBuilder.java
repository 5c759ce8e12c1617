package dev.meso.language.parse;

import static dev.meso.grammar.MesoLexer.*;

import dev.meso.grammar.MesoParser;
import dev.meso.language.ast.Argument;
import dev.meso.language.ast.Expression;
import dev.meso.language.ast.Name;
import dev.meso.language.ast.Parameter;
import dev.meso.language.ast.Program;
import dev.meso.language.ast.Span;
import dev.meso.language.ast.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** From the parse tree to the syntax tree; what the three builders share. */
final class TreeBuilder {
    final ExpressionBuilder expressions;
    final StatementBuilder statements;
    final DeclarationBuilder declarations;
    private final String text;
    private final List<Token> tokens;
    private final List<SyntaxProblem> problems;

    /** @param problems collects what is refused */
    TreeBuilder(String text, List<Token> tokens, List<SyntaxProblem> problems) {
        this.text = text;
        this.tokens = tokens;
        this.problems = problems;
        this.expressions = new ExpressionBuilder(this);
        this.statements = new StatementBuilder(this);
        this.declarations = new DeclarationBuilder(this);
    }

    Program program(MesoParser.ProgramContext context) {
        return new Program(new Span(0, text.length()), statements(context.statements()));
    }

    List<Statement> statements(MesoParser.StatementsContext context) {
        List<Statement> built = new ArrayList<>(context.items.size());
        for (MesoParser.StatementContext item : context.items) {
            built.add(statements.build(item));
        }
        return Collections.unmodifiableList(built);
    }

    Expression.Block block(MesoParser.BlockContext context) {
        return new Expression.Block(span(context), statements(context.statements()));
    }

    /** A condition; {@code =} in it is a slip. */
    Expression condition(MesoParser.ConditionContext context) {
        if (context.slip != null) {
            refuse(context.ASSIGN().getSymbol(), "`=` assigns and cannot stand in a condition", "compare with `==`");
        }
        return expressions.build(context.value);
    }

    List<Parameter> parameters(MesoParser.ParametersContext context) {
        if (context == null) {
            return List.of();
        }
        List<Parameter> built = new ArrayList<>(context.items.size());
        for (MesoParser.ParameterContext item : context.items) {
            Expression initial = item.initial == null ? null : expressions.build(item.initial);
            built.add(new Parameter(span(item), name(item.target), initial));
        }
        return Collections.unmodifiableList(built);
    }

    /**
     * Positional arguments, then named ones; empty where there are none. A list in brackets may stand last, after named ones:
     * {@code report("out.html", title: "…", [items])}.
     */
    List<Argument> arguments(MesoParser.ArgumentsContext context) {
        if (context == null) {
            return List.of();
        }
        List<Argument> built = new ArrayList<>(context.items.size());
        Argument named = null;
        for (MesoParser.ArgumentContext item : context.items) {
            Argument argument = argument(item);
            boolean lastList = argument.value() instanceof Expression.ListLiteral
                    && item == context.items.get(context.items.size() - 1);
            if (argument.name() != null) {
                named = argument;
            } else if (named != null && !lastList) {
                problems.add(new SyntaxProblem(
                        argument.span(),
                        "an argument without a name stands after a named one",
                        null,
                        "move it to the front, or give it its name",
                        named.span(),
                        "the named argument"));
            }
            built.add(argument);
        }
        return Collections.unmodifiableList(built);
    }

    private Argument argument(MesoParser.ArgumentContext context) {
        if (context instanceof MesoParser.NamedArgumentContext named) {
            return new Argument(span(context), name(named.target), expressions.build(named.value));
        }
        MesoParser.PositionalArgumentContext positional = (MesoParser.PositionalArgumentContext) context;
        Expression value = expressions.build(positional.value);
        if (positional.slip != null) {
            Name name = value instanceof Expression.Variable v ? new Name(v.span(), v.name()) : null;
            refuse(
                    positional.ASSIGN().getSymbol(),
                    "`=` assigns and cannot stand in an argument",
                    name == null ? "compare with `==`" : "name an argument with a colon: `" + name.text() + ": …`");
            return new Argument(span(context), name, expressions.build(positional.slip));
        }
        return new Argument(span(context), null, value);
    }

    // ---- Places and names ------------------------------------------------------------------------------------

    Name name(ParserRuleContext context) {
        return name(context.getStart());
    }

    Name name(Token token) {
        return new Name(span(token), token.getText());
    }

    static Span span(Token token) {
        return TokenFilter.span(token);
    }

    static Span span(ParserRuleContext context) {
        int start = context.getStart().getStartIndex();
        Token stop = context.getStop();
        return new Span(start, stop == null ? start : Math.max(start, stop.getStopIndex() + 1));
    }

    /** The source text of {@code from} (inclusive) to {@code to} (exclusive). */
    String slice(int from, int to) {
        return text.substring(from, to);
    }

    void refuse(Token at, String message, String hint) {
        refuse(span(at), message, hint);
    }

    void refuse(Span at, String message, String hint) {
        problems.add(SyntaxProblem.of(at, message, hint));
    }

    // ---- Doc comments ----------------------------------------------------------------------------------------

    /** The text of the {@code ///} lines before a statement, or null. */
    String doc(ParserRuleContext context) {
        List<String> lines = new ArrayList<>(0);
        int newlines = 0;
        for (int i = context.getStart().getTokenIndex() - 1; i >= 0; i--) {
            int type = tokens.get(i).getType();
            if (type == NEWLINE) {
                newlines++;
            } else if (type == DOC_COMMENT && startsLine(i) && (lines.isEmpty() || newlines == 1)) {
                lines.add(docLine(tokens.get(i).getText()));
                newlines = 0;
            } else if (type != WHITESPACE && type != SEMICOLON) {
                break;
            }
        }
        Collections.reverse(lines);
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    private boolean startsLine(int i) {
        int before = i - 1;
        while (before >= 0
                && (tokens.get(before).getType() == WHITESPACE
                        || tokens.get(before).getType() == SEMICOLON)) {
            before--;
        }
        return before < 0 || tokens.get(before).getType() == NEWLINE;
    }

    private static String docLine(String comment) {
        String line = comment.substring(3);
        return (line.startsWith(" ") ? line.substring(1) : line).stripTrailing();
    }
}
