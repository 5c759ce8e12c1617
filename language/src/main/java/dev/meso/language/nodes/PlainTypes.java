package dev.meso.language.nodes;

import com.oracle.truffle.api.dsl.TypeSystem;

/** The kinds that have fast paths, kept apart: a variable that held a double and gets a whole number holds a whole number. */
@TypeSystem({long.class, double.class, boolean.class})
public abstract class PlainTypes {}
