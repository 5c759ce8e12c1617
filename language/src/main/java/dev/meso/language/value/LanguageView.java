package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import dev.meso.language.MesoLanguage;

/** A number, text, truth value or foreign object as Meso shows it: in 6 digits, under Meso's name of its kind. */
@ExportLibrary(value = InteropLibrary.class, delegateTo = "delegate")
public final class LanguageView implements TruffleObject {
    final Object delegate;

    public LanguageView(Object delegate) {
        this.delegate = delegate;
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
    boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMetaObject() {
        return new MetaValue(Values.kind(delegate));
    }

    @ExportMessage
    @TruffleBoundary
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        Object value = Foreign.toMeso(delegate);
        return Foreign.is(value)
                ? InteropLibrary.getUncached().toDisplayString(value, allowSideEffects)
                : Display.shortText(value);
    }
}
