package dev.meso.repl;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers {@link Completions} to the line editor. */
final class NameCompleter implements Completer {
    private final ReplSession session;

    NameCompleter(ReplSession session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        for (Completions.Suggestion s :
                new Completions(session.names(), session.settings().data()).at(line.line(), line.cursor())) {
            candidates.add(new Candidate(
                    s.text(), s.text(), s.group(), s.about().isEmpty() ? null : s.about(), null, null, s.ends()));
        }
    }
}
