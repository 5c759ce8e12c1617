package dev.meso.runtime;

import dev.meso.runtime.graph.Connectome;
import dev.meso.runtime.io.LocalStorage;
import dev.meso.runtime.io.TableReader;
import dev.meso.runtime.table.Elementwise;
import dev.meso.runtime.table.Relation;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.task.Monitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The data sets beside the repository. Tests that need them are skipped, saying so, where they are absent. */
public final class SharedData {
    private SharedData() {}

    /** The folder, or the test is skipped. */
    public static Path folder() {
        String named = System.getenv("MESO_SHARED");
        Path folder = named != null ? Path.of(named) : Path.of(System.getProperty("meso.root", ".."), "..", "shared");
        if (!Files.isDirectory(folder)) {
            Assumptions.abort("needs ../shared, the reference data that are not part of the repository");
        }
        return folder;
    }

    public static Table table(String name) {
        return TableReader.read(
                        new LocalStorage(List.of(folder().resolve("data")), Path.of(".")).find(name), Monitor.NONE)
                .table();
    }

    /** A graph by its name in {@code reference/graphs.json}, as {@code SOURCE.md} of its data says. */
    public static Connectome graph(String name) {
        return switch (name) {
            case "pyc_full" -> cortex();
            case "pyc_111" -> {
                Connectome g = cortex();
                var axon = g.neurons().numbers("axon_len");
                yield g.where(v -> axon.number(v) > 100);
            }
            case "cook_chemical" -> chemical("celegans/connections.csv");
            case "white_chemical" -> chemical("celegans/connections_white1986.csv");
            case "witvliet_1" -> witvliet(1);
            case "witvliet_8" -> witvliet(8);
            case "zebrafish" -> fish();
            case "zebrafish_modA" -> fish("modA");
            case "zebrafish_modO" -> fish("modO");
            case "zebrafish_center" -> fish("modA", "modO");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Connectome cortex() {
        return Connectome.builder()
                .neurons(table("microns-pyc/soma.csv"))
                .id("segment_id")
                .synapses(table("microns-pyc/synapses.csv"))
                .build();
    }

    private static Connectome chemical(String file) {
        Table rows = table(file);
        return Connectome.builder()
                .neurons(table("celegans/neurons.csv"))
                .synapses(rows.filter(Elementwise.compare(Relation.EQUAL, rows.column("kind"), "chemical")))
                .weight("synapses")
                .build();
    }

    private static Connectome witvliet(long dataset) {
        Table rows = table("celegans/synapses.csv");
        return Connectome.builder()
                .synapses(rows.filter(Elementwise.compare(Relation.EQUAL, rows.column("dataset"), dataset)))
                .build();
    }

    private static Connectome fish(String... modules) {
        Connectome g = Connectome.builder()
                .neurons(table("zebrafish-hindbrain/neurons.csv"))
                .synapses(table("zebrafish-hindbrain/connections.csv"))
                .weight("synapses")
                .build();
        var module = g.neurons().column("module");
        return modules.length == 0 ? g : g.where(v -> List.of(modules).contains(String.valueOf(module.value(v))));
    }
}
