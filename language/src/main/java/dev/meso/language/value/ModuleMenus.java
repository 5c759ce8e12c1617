package dev.meso.language.value;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.mesoscale.ModuleMenu;
import dev.meso.runtime.mesoscale.ModuleMenu.Activation;
import dev.meso.runtime.mesoscale.ModuleMenu.Function;
import dev.meso.runtime.mesoscale.ModuleMenu.Layer;
import dev.meso.runtime.mesoscale.ModuleMenu.Presence;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.List;

/** Reads the clauses of a {@code module} declaration. */
final class ModuleMenus {
    private static final int MOST_UNITS = 4096;
    private static final int MOST_REPEATS = 32;
    private static final Unit UM = Unit.ofName("um");

    private ModuleMenus() {}

    static ModuleMenu of(String name, RecordValue body) {
        List<Layer> layers = new ArrayList<>();
        int[] repeat = {1, 1, 1};
        Presence skip = Presence.ABSENT;
        Presence recurrent = Presence.ABSENT;
        Presence pass = Presence.ABSENT;
        ListValue menu = (ListValue) body.get("layers");
        for (long i = 0; i < menu.size(); i++) {
            RecordValue line = (RecordValue) menu.element(i);
            ListValue values = (ListValue) line.get("values");
            Presence presence = (Boolean) line.get("optional") ? Presence.OPTIONAL : Presence.PRESENT;
            switch ((String) line.get("word")) {
                case "dense" -> {
                    int[] width = whole(name, "dense", values.element(0), MOST_UNITS);
                    layers.add(new Layer(width[0], width[1], width[2], List.of(new Activation(Function.IDENTITY, 1))));
                }
                case "choose" -> choose(name, layers, values);
                case "repeat" -> repeat = whole(name, "repeat", values.element(0), MOST_REPEATS);
                case "skip" -> skip = presence;
                case "recurrent" -> recurrent = presence;
                default -> pass = presence;
            }
        }
        if (layers.isEmpty()) {
            throw new MesoException(
                    ErrorCode.MISSING_CLAUSE,
                    "the module " + name + " has no dense layer",
                    "add a line such as 'dense 4..32 step 4'");
        }
        RecordValue domain = (RecordValue) body.get("domain");
        double diameter = length(name, "diameter", domain.get("diameter"));
        double stride = domain.get("stride") == null ? diameter : length(name, "stride", domain.get("stride"));
        RecordValue link = (RecordValue) body.get("interface");
        int rank = link.get("rank") == null ? 0 : whole(name, "rank", link.get("rank"), MOST_UNITS)[0];
        boolean tied = link.get("tied") == null || link.get("tied") == Boolean.TRUE;
        return new ModuleMenu(name, layers, repeat[0], repeat[1], skip, recurrent, pass, diameter, stride, rank, tied);
    }

    /** The choice is that of the layer above it. */
    private static void choose(String name, List<Layer> layers, ListValue values) {
        if (layers.isEmpty()) {
            throw new MesoException(
                    ErrorCode.MISSING_CLAUSE,
                    "'choose' of the module " + name + " has no layer above it to choose for",
                    "write a line such as 'dense 4..32 step 4' before it");
        }
        List<Activation> activations = new ArrayList<>();
        for (long i = 0; i < values.size(); i++) {
            RecordValue setting = (RecordValue) values.element(i);
            String word = (String) setting.get("word");
            int size = setting.get("size") == null ? 1 : whole(name, word, setting.get("size"), MOST_UNITS)[0];
            for (Function function : Function.values()) {
                if (function.word().equals(word)) {
                    activations.add(new Activation(function, size));
                }
            }
        }
        Layer above = layers.removeLast();
        layers.add(new Layer(above.from(), above.to(), above.step(), List.copyOf(activations)));
    }

    /** From, to and step of a whole number or a range. */
    private static int[] whole(String name, String clause, Object value, int most) {
        long from;
        long to;
        long step = 1;
        if (value instanceof Long n) {
            from = n;
            to = n;
        } else if (value instanceof RangeValue range && range.size() > 0) {
            from = (Long) range.element(0);
            to = (Long) range.element(range.size() - 1);
            step = range.size() > 1 ? (Long) range.element(1) - from : 1;
        } else {
            throw new MesoException(
                    ErrorCode.WRONG_TYPE,
                    "'" + clause + "' of the module " + name + " takes a whole number or a range of them, not "
                            + Values.describe(value));
        }
        if (from < 1 || to < from || to > most) {
            throw new MesoException(
                    ErrorCode.WRONG_VALUE,
                    "'" + clause + "' of the module " + name + " lies in 1..." + most + ", upwards, not " + from
                            + (to == from ? "" : ".." + to));
        }
        return new int[] {(int) from, (int) to, (int) step};
    }

    /** A positive length in um. */
    static double length(String name, String clause, Object value) {
        if (value instanceof QuantityValue q && q.unit().compatible(UM)) {
            double um = q.quantity().in(UM);
            if (um > 0 && Double.isFinite(um)) {
                return um;
            }
            throw new MesoException(
                    ErrorCode.WRONG_VALUE, "'" + clause + "' of " + name + " must be positive, not " + q.text());
        }
        throw new MesoException(
                ErrorCode.WRONG_UNIT,
                "'" + clause + "' of " + name + " is a length, not " + Values.describe(value),
                "write a unit such as '40 um'");
    }
}
