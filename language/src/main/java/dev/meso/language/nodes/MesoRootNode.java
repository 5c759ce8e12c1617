package dev.meso.language.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.profiles.BranchProfile;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import dev.meso.language.MesoLanguage;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.Variable;
import dev.meso.language.value.Placed;
import dev.meso.runtime.error.MesoException;

/**
 * A function or program. Its arguments are the cells it closes over, then one value for each parameter (null where not
 * given). A program copies its top-level names to the scope when it ends, also when it fails.
 */
public final class MesoRootNode extends RootNode implements Placed {
    private final FunctionCode code;
    private final Source source;
    private final SourceText text;
    private final BranchProfile returned = BranchProfile.create();

    @Children
    private final MesoNode[] prologue;

    @Child
    private MesoNode body;

    @CompilationFinal(dimensions = 1)
    private final Variable[] exports;

    MesoRootNode(
            MesoLanguage language,
            FrameDescriptor descriptor,
            FunctionCode code,
            Source source,
            SourceText text,
            MesoNode[] prologue,
            MesoNode body) {
        super(language, descriptor);
        this.code = code;
        this.source = source;
        this.text = text;
        this.prologue = prologue;
        this.body = body;
        this.exports = code.exports().toArray(new Variable[0]);
    }

    @Override
    public RuntimeException mistake(MesoException mistake) {
        return Mistakes.at(body, code.span(), mistake);
    }

    @Override
    public Object execute(VirtualFrame frame) {
        try {
            runPrologue(frame);
            return body.executeGeneric(frame);
        } catch (ReturnException e) {
            returned.enter();
            return e.value();
        } catch (StackOverflowError e) {
            CompilerDirectives.transferToInterpreter();
            throw Mistakes.recursion(body);
        } finally {
            if (exports.length > 0) {
                export(frame);
            }
        }
    }

    @ExplodeLoop
    private void runPrologue(VirtualFrame frame) {
        for (MesoNode node : prologue) {
            node.executeVoid(frame);
        }
    }

    @ExplodeLoop
    private void export(VirtualFrame frame) {
        for (Variable variable : exports) {
            Object value = frame.getValue(variable.slot());
            if (value != null) {
                variable.cell().value = value;
            }
        }
    }

    Source source() {
        return source;
    }

    SourceText text() {
        return text;
    }

    @Override
    public String getName() {
        return code.name();
    }

    @Override
    public SourceSection getSourceSection() {
        int size = source.getLength();
        int start = Math.min(code.span().start(), size);
        return source.createSection(start, Math.min(code.span().length(), size - start));
    }

    @Override
    public boolean isCloningAllowed() {
        return true;
    }

    @Override
    public String toString() {
        return "root of " + code.name();
    }
}
