package dev.meso.language.value;

import dev.meso.language.builtin.Builtin.Kind;

/** What all lists have. */
final class ListMembers {
    static final Members MEMBERS = Members.of(ListValue.class)
            .property("length", Kind.INTEGER, "the number of items", l -> (long) l.length())
            .end();

    private ListMembers() {}
}
