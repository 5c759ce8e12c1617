package dev.meso.language.typed;

import dev.meso.language.ast.Span;
import dev.meso.language.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The top-level names of one module. The sources evaluated one after another in a session share one; every imported
 * file has its own. A name that a later source defines again keeps its cell, so functions of earlier sources see the new
 * value, as they do in Julia. Used by one thread at a time.
 */
public final class ModuleScope {
    /**
     * One name.
     *
     * @param source the source that defined it, for messages
     * @param doc the text of its {@code ///} comment, or null
     * @param type what is known of its value
     * @param imported whether a plain {@code import} brought it; such names are not passed on to those who import this module
     */
    public record Entry(
            String name,
            Cell cell,
            boolean mutable,
            SourceText source,
            Span definedAt,
            String doc,
            Type type,
            boolean imported) {}

    private final String name;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public ModuleScope(String name) {
        this.name = name;
    }

    /** The name of the module: {@code "std.motifs"}, a file, or that of a session. */
    public String name() {
        return name;
    }

    /** The entry of a name, or null; also of one whose definition has not run, whose cell is empty. */
    public Entry find(String entryName) {
        return entries.get(entryName);
    }

    /** The names in order of definition, also those whose definition has not run. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** The entries in order of definition. */
    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** Adds or redefines a name; a known name keeps its cell. */
    public Entry define(
            String entryName,
            boolean mutable,
            SourceText source,
            Span definedAt,
            String doc,
            Type type,
            boolean imported) {
        Entry old = entries.get(entryName);
        Cell cell = old == null ? new Cell() : old.cell();
        Entry entry = new Entry(entryName, cell, mutable, source, definedAt, doc, type, imported);
        entries.put(entryName, entry);
        return entry;
    }
}
