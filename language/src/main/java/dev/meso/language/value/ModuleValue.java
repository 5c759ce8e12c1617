package dev.meso.language.value;

import dev.meso.language.ast.Declaration;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.mesoscale.ModuleMenu;

/** A {@code module} declaration: a menu of layers, a domain and an interface. */
public final class ModuleValue extends DeclaredValue {
    private final ModuleMenu menu;

    ModuleValue(Declaration.Module declaration, ModuleMenu menu, String source) {
        super(declaration, source);
        this.menu = menu;
    }

    public ModuleMenu menu() {
        return menu;
    }

    @Override
    public String kind() {
        return "module";
    }

    @Override
    public Members members() {
        return Table.MEMBERS;
    }

    private static final class Table {
        static final Members MEMBERS = members(ModuleValue.class)
                .property("diameter", Kind.NUMBER, "of its domain, in um", m -> m.menu.diameter())
                .property("stride", Kind.NUMBER, "between locations, in um", m -> m.menu.stride())
                .end();
    }
}
