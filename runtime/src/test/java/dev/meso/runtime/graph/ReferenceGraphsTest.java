package dev.meso.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meso.runtime.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every graph of the reference values: size, density, reciprocity and components as igraph has them. */
class ReferenceGraphsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pyc_full",
                "pyc_111",
                "cook_chemical",
                "white_chemical",
                "witvliet_1",
                "witvliet_8",
                "zebrafish",
                "zebrafish_modA",
                "zebrafish_modO",
                "zebrafish_center"
            })
    void matches(String name) throws IOException {
        Connectome g = SharedData.graph(name);
        String all = Files.readString(SharedData.folder().resolve("reference/graphs.json"));
        String reference = all.substring(all.indexOf("\"" + name + "\""));
        assertEquals(number(reference, "n"), g.n());
        assertEquals(number(reference, "m"), g.wiring().m());
        assertEquals(number(reference, "weight"), total(g.simple()));
        assertEquals(number(reference, "density"), g.density(), 1e-15);
        assertEquals(number(reference, "reciprocity"), g.reciprocity(), 1e-15);
        String strong = reference.substring(reference.indexOf("\"scc\""));
        assertEquals(number(strong, "count"), g.strongComponents().count());
        assertEquals(number(strong, "largest"), g.largestComponent(true).n());
        String weak = reference.substring(reference.indexOf("\"wcc\""));
        assertEquals(number(weak, "count"), g.weakComponents().count());
        assertEquals(number(weak, "largest"), g.largestComponent(false).n());
    }

    private static double total(Connectome g) {
        double sum = 0;
        for (int e = 0; e < g.m(); e++) {
            sum += g.weights().number(e);
        }
        return sum;
    }

    private static double number(String json, String key) {
        Matcher m = Pattern.compile("\"" + key + "\": ([-0-9.e]+)").matcher(json);
        if (!m.find()) {
            throw new IllegalArgumentException(key);
        }
        return Double.parseDouble(m.group(1));
    }
}
