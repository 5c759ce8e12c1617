package dev.meso.language.value;

import dev.meso.runtime.error.MesoException;

/** Code that knows where it stands in a program: what is wrong with what it gives can be said there. */
public interface Placed {
    /** The mistake as an error that shows the code. */
    RuntimeException mistake(MesoException mistake);
}
