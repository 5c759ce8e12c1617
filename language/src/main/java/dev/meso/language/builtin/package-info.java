/** The built-in functions, each registered, documented and completed from one declaration beside its code. */
package dev.meso.language.builtin;
