package dev.meso.language.value;

import dev.meso.language.builtin.Builtin;
import dev.meso.language.check.Environment;
import java.util.Arrays;
import java.util.Collection;

/** What the checker knows of the members of values of each kind. */
public final class MemberTables implements Environment.MemberTables {
    public static final MemberTables ALL = new MemberTables();

    private MemberTables() {}

    /** The members of a kind; null where a value of the kind may be anything. */
    private static Members of(Builtin.Kind kind) {
        return switch (kind) {
            case TABLE -> TableMembers.MEMBERS;
            case GRAPH -> GraphMembers.MEMBERS;
            case LIST -> ListMembers.MEMBERS;
            case PARTITION -> PartitionMembers.MEMBERS;
            default -> null;
        };
    }

    @Override
    public Builtin find(Builtin.Kind kind, String name) {
        Members members = of(kind);
        Members.Member member = members == null ? null : members.find(name);
        return member == null ? null : member.builtin();
    }

    @Override
    public Collection<String> names(Builtin.Kind kind) {
        Members members = of(kind);
        return members == null || kind == Builtin.Kind.TABLE ? null : Arrays.asList(members.names());
    }

    @Override
    public boolean isProperty(Builtin.Kind kind, String name) {
        Members members = of(kind);
        Members.Member member = members == null ? null : members.find(name);
        return member != null && member.property();
    }
}
