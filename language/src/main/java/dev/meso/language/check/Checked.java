package dev.meso.language.check;

import dev.meso.language.typed.Code;
import dev.meso.language.typed.Type;

/** An expression after checking, with what is known of its value. */
record Checked(Code code, Type type) {
    static Checked unknown(Code code) {
        return new Checked(code, Type.UNKNOWN);
    }
}
