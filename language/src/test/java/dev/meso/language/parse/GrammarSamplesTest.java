package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.grammar.MesoParser;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each labelled alternative of the grammar has a sample of its name in {@code grammar/samples}, which uses it. */
class GrammarSamplesTest {
    private static final Path GRAMMAR =
            Repository.root().resolve("grammar/src/main/antlr4/dev/meso/grammar/MesoParser.g4");
    private static final Pattern LABEL = Pattern.compile("# (\\w+)\\s*$", Pattern.MULTILINE);

    static Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        Matcher matcher = LABEL.matcher(Repository.read(GRAMMAR));
        while (matcher.find()) {
            labels.add(matcher.group(1));
        }
        return labels;
    }

    static Path sample(String label) {
        return Repository.root().resolve("grammar/samples/" + label + ".meso");
    }

    @Test
    void theGrammarHasTheLabelsOfItsParser() {
        Set<String> ofParser = new TreeSet<>();
        for (Class<?> context : MesoParser.class.getClasses()) {
            Class<?> parent = context.getSuperclass();
            if (parent.getName().endsWith("Context") && parent != ParserRuleContext.class) {
                String name = context.getSimpleName();
                ofParser.add(
                        Character.toLowerCase(name.charAt(0)) + name.substring(1, name.length() - "Context".length()));
            }
        }
        assertEquals(ofParser, labels());
    }

    @TestFactory
    Stream<DynamicTest> eachSampleUsesItsAlternative() {
        return labels().stream().map(label -> DynamicTest.dynamicTest(label, () -> uses(label)));
    }

    private static void uses(String label) {
        String text = Repository.read(sample(label));
        ParseResult result = SourceReader.read(text);
        if (label.endsWith("Slip")) {
            assertFalse(result.problems().isEmpty(), "a slip must be refused");
            assertTrue(result.problems().get(0).hint() != null, "a slip must be explained");
        } else {
            assertTrue(result.ok(), () -> result.problems().toString());
        }
        Set<String> used = new TreeSet<>();
        collect(SourceReader.parse(TokenFilter.filter(text).tokens(), PredictionMode.LL), used);
        String context = Character.toUpperCase(label.charAt(0)) + label.substring(1) + "Context";
        assertTrue(used.contains(context), () -> context + " is not among " + used);
    }

    private static void collect(ParserRuleContext context, Set<String> used) {
        used.add(context.getClass().getSimpleName());
        for (ParserRuleContext child : context.getRuleContexts(ParserRuleContext.class)) {
            collect(child, used);
        }
    }

    @Test
    void theGrammarHoldsNoJava() {
        for (String file : new String[] {"MesoLexer.g4", "MesoParser.g4"}) {
            String withoutComments = Repository.read(GRAMMAR.resolveSibling(file))
                    .replaceAll("(?m)^\\s*//.*$", "")
                    .replaceAll("(?s)(options|tokens)\\s*\\{.*?\\}", "")
                    .replaceAll("'(\\\\.|[^'\\\\])*'", "")
                    .replaceAll("\\[(\\\\.|[^\\]\\\\])*\\]", "")
                    .replaceAll("\\\\p\\{\\w+\\}", "");
            assertFalse(withoutComments.contains("{"), file);
        }
    }
}
