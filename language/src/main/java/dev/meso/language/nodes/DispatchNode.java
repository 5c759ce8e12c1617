package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Fallback;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.IndirectCallNode;
import com.oracle.truffle.api.nodes.Node;
import dev.meso.language.MesoContext;
import dev.meso.language.ast.Span;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Call;
import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.CallableValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.ForeignFunction;
import dev.meso.language.value.FunctionValue;
import dev.meso.language.value.OtherDeclarationValue;
import dev.meso.language.value.Signature;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;

/**
 * Calls a function with arguments as written. Functions and built-ins that a call site has seen are remembered, with the
 * order in which their arguments go.
 */
abstract class DispatchNode extends Node {
    static final int MOST = 3;

    private final int positional;

    @CompilationFinal(dimensions = 1)
    private final String[] named;

    DispatchNode(int positional, String[] named) {
        this.positional = positional;
        this.named = named;
    }

    /** @param given the arguments as written, named ones last */
    abstract Object execute(Object function, Object[] given);

    @Specialization(
            guards = {"function.target() == target"},
            limit = "MOST")
    Object direct(
            FunctionValue function,
            Object[] given,
            @Cached("function.target()") @SuppressWarnings("unused") RootCallTarget target,
            @Cached("plan(function)") Signature.Plan plan,
            @Cached("create(target)") DirectCallNode call) {
        return call.call(plan.apply(function.cells(), given));
    }

    @Specialization(replaces = "direct")
    Object indirect(FunctionValue function, Object[] given, @Cached IndirectCallNode call) {
        return call.call(function.target(), bind(function, given));
    }

    @Specialization(
            guards = {"function.builtin() == builtin", "isBound(function) == bound"},
            limit = "MOST")
    Object builtin(
            BuiltinValue function,
            Object[] given,
            @Cached("function.builtin()") Builtin builtin,
            @Cached("isBound(function)") boolean bound,
            @Cached("plan(function)") Signature.Plan plan) {
        return run(builtin, plan, function.self(), given);
    }

    @Specialization(replaces = "builtin")
    Object callable(CallableValue function, Object[] given) {
        return call(function, given);
    }

    @Fallback
    Object other(Object function, Object[] given) {
        return foreign(function, given);
    }

    static boolean isBound(BuiltinValue function) {
        return function.self() != null;
    }

    @TruffleBoundary
    final Signature.Plan plan(CallableValue function) {
        try {
            if (function instanceof OtherDeclarationValue declaration) {
                throw declaration.notYet();
            }
            return function.signature().plan(positional, named);
        } catch (MesoException e) {
            throw mistake(e, null, 0);
        }
    }

    @TruffleBoundary
    private Object[] bind(FunctionValue function, Object[] given) {
        return plan(function).apply(function.cells(), given);
    }

    @TruffleBoundary
    private Object run(Builtin builtin, Signature.Plan plan, Object self, Object[] given) {
        Object[] bound = plan.apply(given);
        if (self != null) {
            Object[] all = new Object[bound.length + 1];
            all[0] = self;
            System.arraycopy(bound, 0, all, 1, bound.length);
            bound = all;
        }
        try {
            return Foreign.toMeso(builtin.body().run(new Call(builtin, bound, MesoContext.get(this))));
        } catch (Throwable e) {
            throw mistake(e, plan, self == null ? 0 : 1);
        }
    }

    @TruffleBoundary
    private Object call(CallableValue function, Object[] given) {
        Signature.Plan plan = plan(function);
        try {
            return function.callBound(plan.apply(given));
        } catch (Throwable e) {
            throw mistake(e, plan, 0);
        }
    }

    @TruffleBoundary
    private Object foreign(Object function, Object[] given) {
        CallNode node = (CallNode) getParent();
        InteropLibrary interop = InteropLibrary.getUncached();
        if (!Foreign.is(function) || !interop.isExecutable(function)) {
            throw Mistakes.at(
                    node,
                    node.calleeSpan(),
                    new MesoException(ErrorCode.NOT_A_FUNCTION, Values.describe(function) + " cannot be called"));
        }
        if (named.length > 0) {
            throw Mistakes.at(
                    node,
                    new MesoException(
                            ErrorCode.UNKNOWN_ARGUMENT, "functions of other languages take no named arguments"));
        }
        try {
            return new ForeignFunction(function).call(given);
        } catch (MesoException e) {
            throw mistake(e, null, 0);
        }
    }

    /** Points at the argument that is wrong where it is known, else at the call. */
    private RuntimeException mistake(Throwable thrown, Signature.Plan plan, int first) {
        CallNode node = (CallNode) getParent();
        Span span = node.span();
        if (thrown instanceof ArgumentException e) {
            int argument = e.argument();
            for (int i = 0; plan != null && e.parameter() >= first && i < plan.slots().length; i++) {
                argument = plan.slots()[i] == e.parameter() - first ? i : argument;
            }
            span = argument >= 0 ? node.argumentSpan(argument) : span;
        }
        return Mistakes.ofCall(node, span, thrown);
    }
}
