package dev.meso.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import dev.meso.language.ast.Span;
import dev.meso.language.builtin.Builtins;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.ModuleScope;
import dev.meso.language.typed.Type;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.Foreign;
import dev.meso.language.value.ListValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The session's names for the host: {@code context.getBindings("meso")}. The host may also define names. Members that no
 * program can name carry what a host needs: {@code "meso:expectations"}, {@code "meso:members"}, {@code "meso:library"}.
 */
@ExportLibrary(InteropLibrary.class)
final class Bindings implements TruffleObject {
    static final String EXPECTATIONS = "meso:expectations";
    /** A function: the table of the members of a value. */
    static final String MEMBERS = "meso:members";
    /** The names of the standard library that need no import, each with its module. */
    static final String LIBRARY = "meso:library";

    private final MesoContext context;

    Bindings(MesoContext context) {
        this.context = context;
    }

    @ExportMessage
    boolean isScope() {
        return true;
    }

    @ExportMessage
    boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
        return MesoLanguage.class;
    }

    @ExportMessage
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return "names of the session";
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        List<String> names = new ArrayList<>();
        for (ModuleScope.Entry entry : context.session().scope().entries()) {
            if (entry.cell().value != null) {
                names.add(entry.name());
            }
        }
        return ListValue.of(names);
    }

    private Object find(String name) {
        switch (name) {
            case EXPECTATIONS -> {
                return context.expectations();
            }
            case MEMBERS -> {
                return new BuiltinValue(Builtins.find("members"));
            }
            case LIBRARY -> {
                return context.session().libraryNames();
            }
            default -> {}
        }
        ModuleScope.Entry entry = context.session().scope().find(name);
        return entry == null ? null : entry.cell().value;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return find(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        Object value = find(name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return value;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberModifiable(String name) {
        return isName(name) && find(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInsertable(String name) {
        return find(name) == null && isName(name);
    }

    @ExportMessage
    @TruffleBoundary
    void writeMember(String name, Object value) throws UnknownIdentifierException {
        if (!isName(name)) {
            throw UnknownIdentifierException.create(name);
        }
        context.session()
                        .scope()
                        .define(name, false, new SourceText("<host>", ""), new Span(0, 0), null, Type.UNKNOWN, false)
                        .cell()
                        .value =
                Foreign.toMeso(value);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            return false;
        }
        return name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }
}
