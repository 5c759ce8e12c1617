package dev.meso.language.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.antlr.v4.runtime.Token;

/**
 * Makes wrong programs from right ones: tokens and characters are deleted, doubled, swapped, taken from another program,
 * any character of Unicode is put in, the end is cut off. The same seed makes the same mutants.
 */
public final class Mutator {
    private static final String[] SIGNS = {
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "\"\"\"",
        "'",
        "\\",
        "/*",
        "*/",
        "//",
        "///",
        "\n",
        ";",
        ",",
        ":",
        "=",
        "=>",
        "->",
        "<-",
        "<->",
        "!>",
        "|>",
        "..",
        ".",
        "+-",
        "#",
        "1",
        "1e",
        "9999999999999999999",
        "1.5 ms",
        "20um/s",
        "if",
        "else",
        "let",
        "fn",
        "null",
        "motif",
        "where",
        "within",
        "step",
        "expect",
        "not",
        "in",
        "{x:",
        "é",
        "🧠",
        "\u0000",
        "\uD800"
    };

    private final SplittableRandom random;
    private final List<String> programs;
    private final List<List<String>> pieces = new ArrayList<>();

    public Mutator(long seed, List<String> programs) {
        this.random = new SplittableRandom(seed);
        this.programs = List.copyOf(programs);
        for (String program : programs) {
            List<String> words = new ArrayList<>();
            for (Token token : SourceLexer.tokens(program)) {
                if (token.getType() != Token.EOF) {
                    words.add(token.getText());
                }
            }
            pieces.add(words);
        }
    }

    public String next() {
        int which = random.nextInt(programs.size());
        String text = random.nextBoolean() ? ofTokens(which) : programs.get(which);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            text = ofCharacters(text);
        }
        return text;
    }

    private String ofTokens(int which) {
        List<String> words = new ArrayList<>(pieces.get(which));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !words.isEmpty(); i++) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(6)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(at));
                case 2 -> words.set(at, words.set(random.nextInt(words.size()), words.get(at)));
                case 3 -> words.add(at, SIGNS[random.nextInt(SIGNS.length)]);
                case 4 -> {
                    List<String> other = pieces.get(random.nextInt(pieces.size()));
                    if (!other.isEmpty()) {
                        words.set(at, other.get(random.nextInt(other.size())));
                    }
                }
                default -> repeat(words, at);
            }
        }
        return String.join("", words);
    }

    /** A stretch of tokens many times over: deep and long programs. */
    private void repeat(List<String> words, int at) {
        List<String> stretch = List.copyOf(words.subList(at, Math.min(words.size(), at + 1 + random.nextInt(4))));
        int times = 1 << random.nextInt(11);
        List<String> inserted = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            inserted.addAll(stretch);
        }
        words.addAll(at, inserted);
    }

    private String ofCharacters(String text) {
        if (text.isEmpty()) {
            return SIGNS[random.nextInt(SIGNS.length)];
        }
        int at = random.nextInt(text.length());
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.charAt(at) + text.substring(at);
            case 2 -> text.substring(0, at);
            case 3 -> text.substring(0, at) + Character.toString(random.nextInt(0x110000)) + text.substring(at);
            default -> text.substring(0, at) + SIGNS[random.nextInt(SIGNS.length)] + text.substring(at + 1);
        };
    }
}
