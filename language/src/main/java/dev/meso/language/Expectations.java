package dev.meso.language;

import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.language.value.ListValue;
import dev.meso.language.value.Members;
import dev.meso.language.value.MesoValue;
import dev.meso.language.value.RecordValue;
import java.util.ArrayList;
import java.util.List;

/** What {@code expect} statements found so far. The host reads it as the binding {@code "meso:expectations"}. */
public final class Expectations extends MesoValue {
    private final List<RecordValue> results = new ArrayList<>();
    private long held;

    /** Notes one result; {@code report} says what was found in one line, {@code source} where the number is published. */
    public void add(boolean holds, String report, String source) {
        held += holds ? 1 : 0;
        results.add(RecordValue.of("holds", holds, "report", report, "source", source));
    }

    public long held() {
        return held;
    }

    public long total() {
        return results.size();
    }

    /** {@code "2 of 2 expectations hold"}; empty where there were none. */
    public String summary() {
        return results.isEmpty()
                ? ""
                : held + " of " + results.size() + (results.size() == 1 ? " expectation holds" : " expectations hold");
    }

    @Override
    public String kind() {
        return "expectations";
    }

    @Override
    public String text() {
        return results.isEmpty() ? "no expectations" : summary();
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    private static final class Table {
        static final Members MEMBERS = Members.of(Expectations.class)
                .property("held", Kind.INTEGER, "how many hold", Expectations::held)
                .property("total", Kind.INTEGER, "how many were checked", Expectations::total)
                .property(
                        "summary",
                        Kind.TEXT,
                        "both in one sentence; empty where there were none",
                        Expectations::summary)
                .property("results", Kind.LIST, "a record holds, report, source for each", e -> ListValue.of(e.results))
                .end();
    }
}
