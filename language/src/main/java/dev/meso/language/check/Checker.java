package dev.meso.language.check;

import dev.meso.language.ast.Program;
import dev.meso.language.check.Scopes.Binding;
import dev.meso.language.check.Scopes.BlockScope;
import dev.meso.language.check.Scopes.FunctionScope;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.parse.ParseResult;
import dev.meso.language.parse.SourceReader;
import dev.meso.language.parse.SyntaxProblem;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Variable;
import dev.meso.runtime.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a program and resolves it to the typed tree.
 *
 * <p>Where names come from, first match: the blocks and functions around; the names of this source, plain imports
 * included; earlier sources of the session ({@link ModuleScope}); built-ins; units; the standard library. A name can be
 * used after its definition; the body of a function may also mention names that its scope defines further down. In the
 * brackets of an edge pattern a bare name that the program does not define is an attribute of the connection.
 *
 * <p>A program that could run correctly is never refused: what is not known before it runs is left to the interpreter.
 */
public final class Checker {
    private Checker() {}

    /** Reads and checks a text; mistakes in its form are diagnostics too. See {@link #check(SourceText, Program, ModuleScope, Environment)}. */
    public static CheckResult check(SourceText source, ModuleScope scope, Environment environment) {
        ParseResult parsed = SourceReader.read(source.text());
        if (parsed.ok()) {
            return check(source, parsed.program(), scope, environment);
        }
        return new CheckResult(null, explain(source, parsed), parsed.incomplete());
    }

    /** The mistakes in the form of a text as diagnostics; none where it is a program. */
    public static List<Diagnostic> explain(SourceText source, ParseResult parsed) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (SyntaxProblem problem : parsed.problems()) {
            diagnostics.add(explain(source, problem));
        }
        return diagnostics;
    }

    private static Diagnostic explain(SourceText source, SyntaxProblem problem) {
        String expected = problem.expected() == null ? "" : ", expected " + problem.expected();
        Diagnostic diagnostic = Diagnostic.error(problem.code(), problem.message() + expected, source, problem.span());
        if (problem.related() != null) {
            String label = problem.relatedLabel() == null ? "" : problem.relatedLabel();
            diagnostic = diagnostic.withLabel(source, problem.related(), label);
        }
        return diagnostic.withHint(problem.hint());
    }

    /**
     * Checks one source. Its top-level names enter {@code scope} only where there is no error. The standard library and
     * imported files are asked for only where the program needs them.
     *
     * @param source the text, for messages
     * @param program the same, parsed
     * @param scope the names of the module, those of earlier sources included
     */
    public static CheckResult check(SourceText source, Program program, ModuleScope scope, Environment environment) {
        Session session = new Session(source, scope, environment);
        try {
            FunctionCode code = check(session, program);
            return new CheckResult(code, session.diagnostics(), false);
        } catch (StackOverflowError tooDeep) {
            session.report(
                    session.error(ErrorCode.SYNTAX, program.span(), "the program is nested too deeply to be checked")
                            .withHint("give parts of long expressions names with 'let'"));
            return new CheckResult(null, session.diagnostics(), false);
        }
    }

    /** The code, or null where there are errors. */
    private static FunctionCode check(Session session, Program program) {
        Expressions expressions = new Expressions(session);
        Statements statements = new Statements(session, expressions);
        expressions.use(statements);
        FunctionScope function = new FunctionScope(null);
        BlockScope top = new BlockScope(null, function);
        Checked body = statements.sequence(top, program.statements(), program.span(), true);
        if (session.errors() > 0) {
            return null;
        }
        List<Variable> exports = new ArrayList<>();
        for (Binding binding : top.names.values()) {
            Variable variable = binding.variable;
            ModuleScope.Entry entry = session.module.define(
                    binding.name(),
                    variable.mutable(),
                    session.source,
                    binding.span(),
                    binding.doc,
                    binding.type,
                    binding.imported);
            variable.bindCell(entry.cell());
            if (variable.home() == Variable.Home.LOCAL) {
                exports.add(variable);
            }
        }
        return new FunctionCode(
                program.span(),
                session.source.name(),
                List.of(),
                body.code(),
                function.slots,
                List.of(),
                exports,
                null);
    }
}
