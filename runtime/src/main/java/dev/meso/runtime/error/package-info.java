/** The mistakes the runtime explains: a stable code, a sentence and what to try next. */
package dev.meso.runtime.error;
