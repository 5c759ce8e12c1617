/**
 * The program {@code meso}: command line, interactive session, and what a terminal needs. Programs run through the public
 * polyglot {@code Context} only, so an embedding Java program can do all that this one can; only checking, formatting and
 * completion, which run nothing, ask the language's packages directly.
 */
package dev.meso.repl;
