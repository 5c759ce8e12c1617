package dev.meso.repl;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * What can stand at a place of a statement: names, members and columns behind a dot, columns and files in quotes, named
 * arguments in a call. Nothing is run for it but the reading of members, and it never fails: where nothing fits, the list
 * is empty.
 */
final class Completions {
    private static final List<String> KEYWORDS = List.of(
            "let",
            "var",
            "fn",
            "if",
            "else",
            "for",
            "in",
            "while",
            "break",
            "continue",
            "return",
            "import",
            "assert",
            "expect",
            "null",
            "motif",
            "module",
            "loss",
            "model",
            "dynamics",
            "true",
            "false",
            "none",
            "and",
            "or",
            "not");

    /**
     * One thing that can stand there.
     *
     * @param text what to write
     * @param group what it is: "name", "function", "member", "argument", "file", "column", "word"
     * @param about a few words about it, maybe empty
     * @param ends whether a space may follow
     */
    record Suggestion(String text, String group, String about, boolean ends) {}

    private final Value names;
    private final List<Path> folders = new ArrayList<>();

    /**
     * @param names the names of the session
     * @param data where files are looked for after the working folder
     */
    Completions(Value names, List<Path> data) {
        this.names = names;
        folders.add(Path.of(""));
        folders.addAll(data);
    }

    /** What can replace the word that ends at the cursor, best first. */
    List<Suggestion> at(String text, int cursor) {
        int start = StatementParser.wordStart(text, cursor);
        String word = text.substring(start, cursor);
        try {
            int quote = Syntax.openQuote(text, cursor);
            if (quote >= 0) {
                Value owner = quote > 0 && text.charAt(quote - 1) == '[' ? valueBefore(text, quote - 1) : null;
                return matching(owner == null ? files(word) : columns(owner), word);
            }
            if (start > 0 && text.charAt(start - 1) == '.' && !(start > 1 && text.charAt(start - 2) == '.')) {
                Value owner = valueBefore(text, start - 1);
                return owner == null ? List.of() : matching(members(owner), word);
            }
            List<Suggestion> all = new ArrayList<>(arguments(text, start));
            all.addAll(names());
            return matching(all, word);
        } catch (PolyglotException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static List<Suggestion> matching(List<Suggestion> all, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(s -> s.text().toLowerCase(Locale.ROOT).startsWith(lower))
                .toList();
    }

    private List<Suggestion> names() {
        List<Suggestion> all = new ArrayList<>();
        for (String name : names.getMemberKeys()) {
            all.add(new Suggestion(name, "name", kind(names.getMember(name)), false));
        }
        for (Builtin builtin : Builtins.all()) {
            if (!names.hasMember(builtin.name())) {
                all.add(new Suggestion(builtin.name() + "(", "function", builtin.about(), false));
            }
        }
        if (names.hasMember("meso:library")) {
            Value library = names.getMember("meso:library");
            for (String name : library.getMemberKeys()) {
                if (!names.hasMember(name)) {
                    all.add(new Suggestion(
                            name, "library", library.getMember(name).asString(), false));
                }
            }
        }
        for (String word : KEYWORDS) {
            all.add(new Suggestion(word, "word", "", true));
        }
        return all;
    }

    private List<Suggestion> members(Value owner) {
        Map<String, String> about = about(owner);
        List<Suggestion> all = new ArrayList<>();
        for (String name : owner.getMemberKeys()) {
            boolean method = owner.canInvokeMember(name);
            all.add(new Suggestion(
                    method ? name + "(" : name, method ? "function" : "member", about.getOrDefault(name, ""), false));
        }
        return all;
    }

    /** What the language says about the members of a value, by name. */
    private Map<String, String> about(Value owner) {
        Map<String, String> about = new HashMap<>();
        if (names.hasMember("meso:members")) {
            Value table = names.getMember("meso:members").execute(owner);
            for (long i = 0; i < table.getArraySize(); i++) {
                Value row = table.getArrayElement(i);
                about.put(
                        row.getMember("name").asString(), row.getMember("about").asString());
            }
        }
        return about;
    }

    private static List<Suggestion> columns(Value owner) {
        List<Suggestion> all = new ArrayList<>();
        for (String name : owner.getMemberKeys()) {
            if (!owner.canInvokeMember(name)) {
                all.add(new Suggestion(name, "column", "", false));
            }
        }
        return all;
    }

    /** The value that the path of names before {@code end} leads to ({@code g.neurons}), or null. */
    private Value valueBefore(String text, int end) {
        int start = end;
        while (start > 0 && (StatementParser.isNamePart(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        String[] path = text.substring(start, end).split("\\.", -1);
        Value value = names;
        for (String name : path) {
            if (name.isEmpty() || !value.hasMember(name)) {
                return value == names ? lambdaOwner(text, start, path) : null;
            }
            value = value.getMember(name);
        }
        return value;
    }

    /** In {@code g.where(n => n.} the table whose rows {@code n} stands for; null for any other name. */
    private Value lambdaOwner(String text, int start, String[] path) {
        if (path.length != 1 || path[0].isEmpty()) {
            return null;
        }
        Call call = Call.around(text, start);
        if (call == null || !text.substring(call.open() + 1).stripLeading().startsWith(path[0])) {
            return null;
        }
        int dot = call.name().lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        Value owner = names;
        for (String name : call.name().substring(0, dot).split("\\.")) {
            if (!owner.hasMember(name)) {
                return null;
            }
            owner = owner.getMember(name);
        }
        String rows = call.name().endsWith(".connections") ? "synapses" : "neurons";
        return owner.hasMember(rows) ? owner.getMember(rows) : owner;
    }

    private List<Suggestion> arguments(String text, int start) {
        Call call = Call.around(text, start);
        List<Suggestion> all = new ArrayList<>();
        Builtin builtin = call == null ? null : Builtins.find(call.name());
        if (builtin != null) {
            for (Builtin.Parameter p : builtin.parameters()) {
                if (!p.rest() && !text.substring(call.open(), start).contains(p.name() + ":")) {
                    all.add(new Suggestion(p.name() + ":", "argument", p.about(), true));
                }
            }
        }
        return all;
    }

    private List<Suggestion> files(String typed) {
        int slash = typed.lastIndexOf('/');
        String parent = typed.substring(0, slash + 1);
        List<Suggestion> all = new ArrayList<>();
        for (Path folder : folders) {
            Path where;
            try {
                where = folder.resolve(parent);
            } catch (InvalidPathException e) {
                continue;
            }
            if (!Files.isDirectory(where)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(where)) {
                entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                        .sorted(Comparator.comparing(Path::getFileName))
                        .forEach(entry -> all.add(file(parent, entry)));
            } catch (IOException e) {
                // A folder that cannot be listed offers nothing.
            }
        }
        return all;
    }

    private static Suggestion file(String parent, Path entry) {
        boolean folder = Files.isDirectory(entry);
        return new Suggestion(
                parent + entry.getFileName() + (folder ? "/" : ""), "file", folder ? "folder" : "", false);
    }

    private static String kind(Value value) {
        Value meta = value.getMetaObject();
        return meta == null ? "" : meta.getMetaSimpleName();
    }

    /**
     * The innermost call that is open at a place.
     *
     * @param name what is called: {@code compare}, {@code g.where}
     * @param open where its bracket stands
     */
    record Call(String name, int open) {
        /** Null where there is none. */
        static Call around(String text, int place) {
            int depth = 0;
            for (int i = place - 1; i >= 0; i--) {
                char c = text.charAt(i);
                if (c == ')' || c == ']' || c == '}') {
                    depth++;
                } else if (c == '(' || c == '[' || c == '{') {
                    if (depth == 0) {
                        int start = i;
                        while (start > 0
                                && (StatementParser.isNamePart(text.charAt(start - 1))
                                        || text.charAt(start - 1) == '.')) {
                            start--;
                        }
                        return c == '(' && start < i ? new Call(text.substring(start, i), i) : null;
                    }
                    depth--;
                }
            }
            return null;
        }
    }
}
