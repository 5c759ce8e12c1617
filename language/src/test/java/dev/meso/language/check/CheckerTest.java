package dev.meso.language.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.language.ast.Declaration.Arrow;
import dev.meso.language.diagnostic.Diagnostic;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Type;
import dev.meso.language.typed.Variable;
import dev.meso.runtime.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs become: where names live, what pipes, motifs and imports turn into. */
class CheckerTest {
    private final ModuleScope session = new ModuleScope("session");

    private CheckResult check(String text) {
        return Checker.check(new SourceText("test.meso", text), session, TestEnvironment.plain());
    }

    private FunctionCode code(String text) {
        CheckResult result = check(text);
        assertTrue(result.ok(), () -> result.diagnostics().toString());
        return result.code();
    }

    private List<Code> items(String text) {
        return items(code(text).body());
    }

    private static List<Code> items(Code body) {
        return body instanceof Code.Sequence sequence ? sequence.items() : List.of(body);
    }

    private ErrorCode mistake(String text) {
        List<Diagnostic> diagnostics = check(text).diagnostics();
        assertEquals(1, diagnostics.size(), diagnostics.toString());
        return diagnostics.get(0).code();
    }

    @Test
    void topLevelNamesThatNoFunctionReadsStayInTheFrame() {
        FunctionCode program = code("var k = 0\nlet n = 3\nfn f() = n\nwhile k < 10 { k += 1 }\nf()");
        Code.Write k = (Code.Write) items(program.body()).get(0);
        Code.Write n = (Code.Write) items(program.body()).get(1);
        assertEquals(Variable.Home.LOCAL, k.variable().home());
        assertEquals(Variable.Home.MODULE, n.variable().home());
        assertEquals(
                List.of("k", "f"),
                program.exports().stream().map(Variable::name).toList());
        assertSame(session.find("n").cell(), n.variable().cell());
        assertSame(session.find("k").cell(), k.variable().cell());
    }

    @Test
    void functionsCaptureVariablesOfFunctionsAround() {
        List<Code> items = items("fn outer(a) {\n  fn middle() { fn inner() = a\n inner }\n  middle\n}");
        FunctionCode outer = ((Code.Closure) ((Code.Write) items.get(0)).value()).function();
        Variable a = outer.parameters().get(0).variable();
        assertTrue(a.captured());
        Code.Write middleWrite = (Code.Write) items(outer.body()).get(0);
        FunctionCode middle = ((Code.Closure) middleWrite.value()).function();
        assertEquals(List.of(a), middle.captures(), "passed on to the function inside");
        Code.Write innerWrite = (Code.Write) items(middle.body()).get(0);
        FunctionCode inner = ((Code.Closure) innerWrite.value()).function();
        assertEquals(List.of(a), inner.captures());
        assertSame(a, ((Code.Read) inner.body()).variable());
        assertFalse(middleWrite.variable().captured());
    }

    @Test
    void mutualRecursionInABlockMakesItsCellsFirst() {
        List<Code> items = items("fn outer() {\n  fn even(n) = odd(n)\n  fn odd(n) = even(n)\n  even(2)\n}");
        FunctionCode outer = ((Code.Closure) ((Code.Write) items.get(0)).value()).function();
        List<Code> body = items(outer.body());
        Code.Fresh fresh = assertInstanceOf(Code.Fresh.class, body.get(0));
        assertEquals(
                List.of("odd"), fresh.variables().stream().map(Variable::name).toList());
        assertTrue(((Code.Write) body.get(1)).definition(), "even is defined when odd mentions it");
        assertFalse(((Code.Write) body.get(2)).definition(), "the cell of odd is there already");
    }

    @Test
    void aFunctionThatCallsItselfFindsItsOwnCell() {
        List<Code> items = items("fn outer() {\n  fn f(n) = f(n - 1)\n  f(2)\n}");
        FunctionCode outer = ((Code.Closure) ((Code.Write) items.get(0)).value()).function();
        assertInstanceOf(Code.Fresh.class, items(outer.body()).get(0));
        assertFalse(((Code.Write) items(outer.body()).get(1)).definition());
    }

    @Test
    void eachTurnOfALoopHasItsOwnCell() {
        List<Code> items = items("var fs = []\nfor i in 1..3 { let j = i\n fs = [() => j] }");
        Code.For loop = (Code.For) items.get(1);
        Code.Write j = (Code.Write) items(loop.body()).get(0);
        assertTrue(j.definition());
        assertTrue(j.variable().captured());
        assertFalse(loop.variable().captured());
    }

    @Test
    void aNameOfAnEarlierSourceIsReadFromItsCellAndKeepsItWhenDefinedAgain() {
        code("let x = 1");
        assertEquals(ErrorCode.UNKNOWN_NAME, mistake("print(x)"), "the first source has not run");
        session.find("x").cell().value = 1L;
        List<Code> items = items("let y = x\nlet x = x + 1");
        Code.Read read = (Code.Read) ((Code.Write) items.get(0)).value();
        assertEquals(Variable.Home.MODULE, read.variable().home());
        Code.Write again = (Code.Write) items.get(1);
        assertNotSame(read.variable(), again.variable());
        assertSame(read.variable().cell(), again.variable().cell());
    }

    @Test
    void aSourceWithMistakesDefinesNothing() {
        assertFalse(check("let fine = 1\nprint(wrong)").ok());
        assertNull(session.find("fine"));
    }

    @Test
    void theInitialValueSeesWhatWasThereBefore() {
        code("let xs = [1]");
        session.find("xs").cell().value = "set";
        List<Code> items = items("let xs = map(xs, v => [v, xs])");
        assertEquals(1, items.size());
        assertEquals(ErrorCode.USED_BEFORE_DEFINITION, mistake("let zs = zs"));
    }

    @Test
    void aLambdaMayCallItself() {
        code("let f = n => if n < 2 { 1 } else { n * f(n - 1) }\nf(3)");
    }

    @Test
    void pipesBecomeCalls() {
        Code.Call call = (Code.Call) items("let g = connectome(neurons: 3, synapses: [])\ng |> triads() |> print()")
                .get(1);
        assertInstanceOf(Code.ReadBuiltin.class, call.callee());
        Code.Call inner = (Code.Call) call.positional().get(0);
        assertInstanceOf(Code.Read.class, inner.positional().get(0));
    }

    @Test
    void pathsOfMotifsBecomeSingleEdges() {
        Code.Motif motif = (Code.Motif) ((Code.Write) items("motif m { a -> b <- c; a !> c; b <-> d [weight > 2] }")
                        .get(0))
                .value();
        assertEquals(List.of("a", "b", "c", "d"), motif.variables());
        assertEquals(
                List.of("0TO1", "2TO1", "0ABSENT2", "1MUTUAL3"),
                motif.edges().stream()
                        .map(e -> "" + e.from() + e.arrow() + e.to())
                        .toList());
        Code.Comparison weight =
                (Code.Comparison) motif.edges().get(3).predicate().function().body();
        assertEquals("weight", ((Code.Member) weight.operands().get(0)).name());
        assertTrue(motif.edges().stream().noneMatch(e -> e.arrow() == Arrow.FROM));
    }

    @Test
    void conditionsAreSplitAndKnowTheirVariables() {
        String text = "let k = 3\nmotif m { a -> b; b -> c; where c.x > k and a.x < b.x and c.type == \"x\" }";
        Code.Motif motif = (Code.Motif) ((Code.Write) items(text).get(1)).value();
        assertEquals(
                List.of(List.of(2), List.of(0, 1), List.of(2)),
                motif.where().stream().map(Code.PredicateCode::variables).toList());
        FunctionCode second = motif.where().get(1).function().function();
        assertEquals(2, second.parameters().size());
        assertEquals(2, second.frameSize());
    }

    @Test
    void bareNamesInBracketsAreAttributesUnlessTheProgramDefinesThem() {
        String text =
                "let limit = 5\nlet synapses = 7\nmotif m { a -> b [synapses > limit and size < 2 and abs(z) > 1] }";
        Code.Motif motif = (Code.Motif) ((Code.Write) items(text).get(2)).value();
        FunctionCode predicate = motif.edges().get(0).predicate().function();
        Code.And all = (Code.And) predicate.body();
        Code.And first = (Code.And) all.left();
        Code.Comparison synapses = (Code.Comparison) first.left();
        assertInstanceOf(Code.Member.class, synapses.operands().get(0), "every connection has synapses");
        assertInstanceOf(Code.Read.class, synapses.operands().get(1), "limit is defined by the program");
        assertInstanceOf(
                Code.Member.class, ((Code.Comparison) first.right()).operands().get(0));
    }

    @Test
    void motifsWithParametersAreFunctions() {
        Code.Write write = (Code.Write) items("motif chain(k) { a -> b within k hops }\nlet m = chain(3)")
                .get(0);
        FunctionCode function = ((Code.Closure) write.value()).function();
        Code.Motif motif = (Code.Motif) function.body();
        Code.Read hops = (Code.Read) motif.edges().get(0).hops();
        assertSame(function.parameters().get(0).variable(), hops.variable());
        assertInstanceOf(Type.Function.class, session.find("chain").type());
    }

    @Test
    void unitsAreValuesUnlessShadowed() {
        assertInstanceOf(Code.Constant.class, items("um").get(0));
        Code.Call call = (Code.Call) items("min(3)").get(0);
        assertInstanceOf(Code.ReadBuiltin.class, call.callee());
        assertInstanceOf(Code.Read.class, items("let s = 3\ns").get(1));
    }

    @Test
    void optionsOfNullModelsAreNamedAfterTheirStatistic() {
        Code.NullModel model =
                (Code.NullModel) ((Code.Write) items("null M { preserve degrees; sample switching(per_edge: 100) }")
                                .get(0))
                        .value();
        assertEquals("sample.per_edge", model.options().get(0).name());
    }

    @Test
    void aLibraryNameIsFoundLastAndShadowedByOwnNames() {
        assertInstanceOf(Code.ReadLibrary.class, items("ffl").get(0));
        assertInstanceOf(Code.Read.class, items("let ffl = 2\nffl").get(1));
    }

    @Test
    void expectSplitsOneComparison() {
        Code.Expect expect =
                (Code.Expect) items("expect 1 + 1 == 2 +- 1e-6 from \"sums\"").get(0);
        assertInstanceOf(Code.Binary.class, expect.left());
        assertInstanceOf(Code.Constant.class, expect.right());
        Code.Expect chain = (Code.Expect) items("expect 0 < 1 < 2").get(0);
        assertNull(chain.right());
    }

    @Test
    void whatCouldRunIsNotRefused() {
        code("fn f(x) = x + 1 ms\nf(2)");
        code("var q = 1 ms\nq = 3 um\nprint(q + 2 um)");
        code("fn f(g) = g.whatever.it(may: be)\nfn be() = 1\nf");
        code("let r = {f: x => x}\nr.f(1)\nr.nothing");
        code("let g = connectome(neurons: 3, synapses: [])\ncount(g, [ffl, cycle3])\ng.neurons.anything");
        code("for x in \"text\" { print(x) }");
        code("motif m { a -> b [w > 3]; a -> b [w < 2]; where a.x != 3 and a.x < 5 or a.x > 7 }");
        code("motif m { a -> b; where a.d == 1 um and a.d == 1000 nm }");
    }

    @Test
    void deepNestingIsExplained() {
        String deep = "1" + " + 1".repeat(20_000);
        CheckResult result = check(deep);
        assertTrue(result.ok() || result.diagnostics().get(0).code() == ErrorCode.SYNTAX);
    }
}
