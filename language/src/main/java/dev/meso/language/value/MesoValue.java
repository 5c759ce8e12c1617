package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import dev.meso.language.MesoError;
import dev.meso.language.MesoLanguage;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.error.Suggest;
import java.util.List;

/**
 * The base of every value that is not a number, a truth value or text. A subclass overrides the plain Java methods of
 * the first part; the interop messages of the second part are written once, here, in their terms. Meso's own nodes call
 * the Java methods directly.
 */
@ExportLibrary(InteropLibrary.class)
public abstract class MesoValue implements TruffleObject {

    /** What the value is, in the user's words and without article: {@code "table"}, {@code "null model"}. */
    public abstract String kind();

    /** How {@code print} shows it; may have several lines, without a final newline. */
    public abstract String text();

    /** How it is shown inside a list, a record or a table cell: one short line. */
    public String shortText() {
        return text();
    }

    /** Its properties and methods. */
    public Members members() {
        return Members.NONE;
    }

    /**
     * A member that only this value has, such as a field of a record or a column of a table; null where there is none.
     * Own members come before {@link #members()}.
     */
    public Object ownMember(String name) {
        return null;
    }

    /** Names for which {@link #ownMember} has a value, in order. */
    public String[] ownMembers() {
        return NO_NAMES;
    }

    /** The error of {@code x.name} where there is no such member: near names, or all of them. */
    public MesoException noMember(String name) {
        String near = Suggest.didYouMean(name, List.of(memberNames()));
        String all = memberNames().length == 0 ? "it has no members" : "it has " + String.join(", ", memberNames());
        return new MesoException(
                ErrorCode.UNKNOWN_MEMBER, "a " + kind() + " has no member `" + name + "`", near.isEmpty() ? all : near);
    }

    /** Number of elements; -1 where the value is not a sequence. */
    public long size() {
        return -1;
    }

    /** Element {@code index}, {@code 0 <= index < size()}. */
    public Object element(long index) {
        throw new IndexOutOfBoundsException(index);
    }

    /** Where the value came from, for {@code provenance(x)}; a record or text; null where nothing is known. */
    public Object provenance() {
        return null;
    }

    /** A member by name: a field, a property's value, or a method bound to this value; null where there is none. */
    @TruffleBoundary
    public final Object member(String name) {
        Object own = ownMember(name);
        if (own != null) {
            return own;
        }
        Members.Member member = members().find(name);
        return member == null ? null : member.read(this);
    }

    @Override
    @TruffleBoundary
    public String toString() {
        return text();
    }

    private static final String[] NO_NAMES = {};

    // ---- interop ----------------------------------------------------------------------------------------------

    @ExportMessage
    final boolean isNull() {
        return this == NoneValue.NONE;
    }

    @ExportMessage
    final boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    final Class<? extends TruffleLanguage<?>> getLanguage() {
        return MesoLanguage.class;
    }

    @ExportMessage
    @TruffleBoundary
    final Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return text();
    }

    @ExportMessage
    final boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    final Object getMetaObject() {
        return new MetaValue(kind());
    }

    @ExportMessage
    @TruffleBoundary
    final boolean hasMembers() {
        return ownMembers().length > 0 || !members().isEmpty();
    }

    @ExportMessage
    @TruffleBoundary
    final Object getMembers(@SuppressWarnings("unused") boolean includeInternal) throws UnsupportedMessageException {
        if (!hasMembers()) {
            throw UnsupportedMessageException.create();
        }
        return ListValue.ofNames(memberNames());
    }

    /** Own members, then declared ones. */
    public final String[] memberNames() {
        String[] own = ownMembers();
        String[] declared = members().names();
        String[] names = new String[own.length + declared.length];
        System.arraycopy(own, 0, names, 0, own.length);
        System.arraycopy(declared, 0, names, own.length, declared.length);
        return names;
    }

    @ExportMessage
    @TruffleBoundary
    final boolean isMemberReadable(String name) {
        return ownMember(name) != null || members().find(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    final Object readMember(String name) throws UnknownIdentifierException {
        Object value;
        try {
            value = member(name);
        } catch (MesoException e) {
            throw MesoError.outside(e);
        }
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return value;
    }

    @ExportMessage
    @TruffleBoundary
    final boolean isMemberInvocable(String name) {
        Object own = ownMember(name);
        if (own != null) {
            return own instanceof CallableValue;
        }
        Members.Member member = members().find(name);
        return member != null && !member.property();
    }

    @ExportMessage
    @TruffleBoundary
    final Object invokeMember(String name, Object[] arguments)
            throws UnknownIdentifierException, UnsupportedMessageException {
        if (readMember(name) instanceof CallableValue callable) {
            return callable.execute(arguments);
        }
        throw UnknownIdentifierException.create(name);
    }

    @ExportMessage
    final boolean hasArrayElements() {
        return size() >= 0;
    }

    @ExportMessage
    final long getArraySize() throws UnsupportedMessageException {
        long size = size();
        if (size < 0) {
            throw UnsupportedMessageException.create();
        }
        return size;
    }

    @ExportMessage
    final boolean isArrayElementReadable(long index) {
        return index >= 0 && index < size();
    }

    @ExportMessage
    @TruffleBoundary
    final Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        try {
            return element(index);
        } catch (MesoException e) {
            throw MesoError.outside(e);
        }
    }

    @ExportMessage
    final boolean isExecutable() {
        return this instanceof CallableValue;
    }

    @ExportMessage
    @TruffleBoundary
    final Object execute(Object[] arguments) throws UnsupportedMessageException {
        if (this instanceof CallableValue callable) {
            try {
                return callable.call(Foreign.toMeso(arguments));
            } catch (MesoException e) {
                throw MesoError.outside(e);
            }
        }
        throw UnsupportedMessageException.create();
    }
}
