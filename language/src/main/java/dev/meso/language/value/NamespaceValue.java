package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.typed.ModuleScope;
import java.util.ArrayList;
import java.util.List;

/** The names of an imported file. */
public final class NamespaceValue extends MesoValue {
    private final ModuleScope scope;

    public NamespaceValue(ModuleScope scope) {
        this.scope = scope;
    }

    @Override
    @TruffleBoundary
    public Object ownMember(String name) {
        ModuleScope.Entry entry = scope.find(name);
        return entry == null ? null : entry.cell().value;
    }

    @Override
    @TruffleBoundary
    public String[] ownMembers() {
        List<String> names = new ArrayList<>();
        for (ModuleScope.Entry entry : scope.entries()) {
            if (entry.cell().value != null) {
                names.add(entry.name());
            }
        }
        return names.toArray(new String[0]);
    }

    @Override
    public String kind() {
        return "imported file";
    }

    @Override
    @TruffleBoundary
    public String text() {
        return "import " + scope.name() + ": " + String.join(", ", ownMembers());
    }
}
