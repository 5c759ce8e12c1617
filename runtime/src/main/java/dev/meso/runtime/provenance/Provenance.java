package dev.meso.runtime.provenance;

import dev.meso.runtime.table.Column;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a value came about: one step, the facts about it, and the values it was made from. Immutable; steps share their
 * sources, so keeping it costs a few objects per operation.
 *
 * @param step what was done, "read", "keep neurons", "compare"
 * @param facts what is worth knowing, in order: names, counts before and after, seeds, samplers, seconds. Values are
 *     Long, Double, Boolean, String or null
 * @param sources what it was made from
 */
public record Provenance(String step, Map<String, Object> facts, List<Provenance> sources) {
    /** Of values written in the program. */
    public static final Provenance LITERAL = new Provenance("given in the program", Map.of(), List.of());

    public Provenance {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        sources = List.copyOf(sources);
    }

    /** A table read from a file. */
    public static Provenance read(InputFile file, int rows) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file.name());
        facts.put("bytes", file.bytes());
        facts.put("sha256", file.sha256());
        facts.put("rows", (long) rows);
        return new Provenance("read", facts, List.of());
    }

    /** The next step, made from this. */
    public Provenance then(String nextStep, Map<String, Object> nextFacts) {
        return new Provenance(nextStep, nextFacts, List.of(this));
    }

    /** A filter: {@code before} things were there, {@code after} were kept. */
    public Provenance filtered(String filter, long before, long after) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("before", before);
        counts.put("after", after);
        return then(filter, counts);
    }

    /** Every step once, sources before what was made from them. */
    public List<Provenance> steps() {
        List<Provenance> steps = new ArrayList<>();
        collect(steps, Collections.newSetFromMap(new IdentityHashMap<>()));
        return steps;
    }

    private void collect(List<Provenance> steps, Set<Provenance> seen) {
        // A loop down single sources: chains of filters may be longer than the stack is deep.
        List<Provenance> chain = new ArrayList<>();
        Provenance p = this;
        while (p != null && seen.add(p)) {
            chain.add(p);
            if (p.sources.size() != 1) {
                for (Provenance source : p.sources) {
                    source.collect(steps, seen);
                }
                break;
            }
            p = p.sources.get(0);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            steps.add(chain.get(i));
        }
    }

    /** The files the value depends on. */
    public List<InputFile> files() {
        List<InputFile> files = new ArrayList<>();
        for (Provenance p : steps()) {
            if (p.facts.get("sha256") instanceof String hash) {
                InputFile file = new InputFile((String) p.facts.get("file"), (Long) p.facts.get("bytes"), hash);
                if (!files.contains(file)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /** One row for each fact: the number of the step (from 1), the step, the fact and its value as text. */
    public Table table() {
        List<Long> numbers = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        long number = 0;
        for (Provenance p : steps()) {
            number++;
            if (p.facts.isEmpty()) {
                numbers.add(number);
                steps.add(p.step);
                names.add(null);
                values.add(null);
            }
            for (Map.Entry<String, Object> fact : p.facts.entrySet()) {
                numbers.add(number);
                steps.add(p.step);
                names.add(fact.getKey());
                values.add(fact.getValue() == null ? null : fact.getValue().toString());
            }
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(
                "number",
                LongColumn.of(numbers.stream().mapToLong(Long::longValue).toArray()));
        columns.put("step", TextColumn.of(steps.toArray(String[]::new)));
        columns.put("fact", TextColumn.of(names.toArray(String[]::new)));
        columns.put("value", TextColumn.of(values.toArray(String[]::new)));
        return Table.of(columns);
    }
}
