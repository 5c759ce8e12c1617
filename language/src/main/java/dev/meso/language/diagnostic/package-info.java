/** How mistakes are told: one shape ({@code Diagnostic}), one renderer, near names for "did you mean". */
package dev.meso.language.diagnostic;
