/** The typed tree: a program after checking, with every name resolved. Made by {@code check}, read by {@code nodes}. */
package dev.meso.language.typed;
