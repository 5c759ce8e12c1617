package dev.meso.language.typed;

import dev.meso.language.ast.Span;
import java.util.List;

/**
 * A function, lambda or whole program ready to become a call target.
 *
 * @param span the whole definition
 * @param name what traces and {@code print} call it
 * @param parameters in order; each is a LOCAL variable of this function
 * @param body its value is the function's value unless a {@link Code.Return} comes first
 * @param frameSize number of slots
 * @param captures variables of enclosing functions it reads or writes, in the order in which a closure holds their cells
 * @param exports LOCAL top-level variables to copy into their module cells at the end (programs only)
 * @param doc the {@code ///} text, or null
 */
public record FunctionCode(
        Span span,
        String name,
        List<ParameterCode> parameters,
        Code body,
        int frameSize,
        List<Variable> captures,
        List<Variable> exports,
        String doc) {
    /** {@code defaultValue} is null where the argument must be given; it is evaluated inside the function. */
    public record ParameterCode(Span span, Variable variable, Code defaultValue) {}
}
