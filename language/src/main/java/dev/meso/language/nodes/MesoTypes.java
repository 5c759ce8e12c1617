package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.ImplicitCast;
import com.oracle.truffle.api.dsl.TypeSystem;

/** The kinds that have fast paths. A whole number is a double wherever one is wanted. */
@TypeSystem({long.class, double.class, boolean.class})
public abstract class MesoTypes {
    @ImplicitCast
    public static double toDouble(long value) {
        return value;
    }
}
