/** Built-ins that know nothing of brains: numbers, lists, text, statistics, and asking a value about itself. */
package dev.meso.language.builtin.core;
