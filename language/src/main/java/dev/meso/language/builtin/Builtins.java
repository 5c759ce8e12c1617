package dev.meso.language.builtin;

import dev.meso.language.builtin.core.LanguageBuiltins;
import dev.meso.language.builtin.core.ListBuiltins;
import dev.meso.language.builtin.core.MathBuiltins;
import dev.meso.language.builtin.core.StatisticsBuiltins;
import dev.meso.language.builtin.core.TextBuiltins;
import dev.meso.language.builtin.data.DataBuiltins;
import dev.meso.language.builtin.models.LossBuiltins;
import dev.meso.language.builtin.models.ModelBuiltins;
import dev.meso.language.builtin.models.SimulateBuiltins;
import dev.meso.language.builtin.models.TissueBuiltins;
import dev.meso.language.builtin.models.TransmissionBuiltins;
import dev.meso.language.builtin.motifs.MotifBuiltins;
import dev.meso.language.builtin.network.NetworkBuiltins;
import dev.meso.language.builtin.nulls.NullBuiltins;
import dev.meso.language.builtin.partitions.PartitionBuiltins;
import dev.meso.language.builtin.pictures.PictureBuiltins;
import dev.meso.language.builtin.topology.TopologyBuiltins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All built-in functions by name. The table is made when the first name is looked up, so a program that uses none does
 * not pay for it. To add a group, write a class with {@code static List<Builtin> all()} and add it to {@link #groups}.
 * A group may add a case to a built-in of another one: a built-in of the same name with {@link Builtin.Builder#when}.
 */
public final class Builtins {
    private static final Map<String, Builtin> BY_NAME = table();

    private Builtins() {}

    /** One line for each group, in the order of the language reference. */
    private static List<List<Builtin>> groups() {
        return List.of(
                LanguageBuiltins.all(),
                MathBuiltins.all(),
                StatisticsBuiltins.all(),
                ListBuiltins.all(),
                TextBuiltins.all(),
                LossBuiltins.all(),
                TissueBuiltins.all(),
                TransmissionBuiltins.all(),
                DataBuiltins.all(),
                MotifBuiltins.all(),
                NullBuiltins.all(),
                ModelBuiltins.all(),
                SimulateBuiltins.all(),
                NetworkBuiltins.all(),
                TopologyBuiltins.all(),
                PartitionBuiltins.all(),
                PictureBuiltins.all());
    }

    private static Map<String, Builtin> table() {
        Map<String, List<Builtin>> cases = new LinkedHashMap<>();
        for (List<Builtin> group : groups()) {
            for (Builtin builtin : group) {
                cases.computeIfAbsent(builtin.name(), n -> new ArrayList<>()).add(builtin);
            }
        }
        Map<String, Builtin> all = new LinkedHashMap<>();
        for (Map.Entry<String, List<Builtin>> entry : cases.entrySet()) {
            if (entry.getValue().stream().filter(b -> b.first() == null).count() > 1) {
                throw new IllegalStateException("two built-ins are called " + entry.getKey());
            }
            all.put(entry.getKey(), Cases.of(entry.getValue()));
        }
        return all;
    }

    /** The built-in of this name, or null. */
    public static Builtin find(String name) {
        return BY_NAME.get(name);
    }

    public static Collection<String> names() {
        return BY_NAME.keySet();
    }

    /** All, in the order of their groups. */
    public static List<Builtin> all() {
        return new ArrayList<>(BY_NAME.values());
    }
}
