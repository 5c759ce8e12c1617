package dev.meso.language.builtin;

import dev.meso.language.value.ArgumentException;
import dev.meso.language.value.Values;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.stats.Statistic;
import java.util.ArrayList;
import java.util.List;

/**
 * Several built-ins of one name, told apart by their first argument: {@code count(xs)} of a list and {@code count(g, motif)}
 * of a graph, declared in different groups. Parameters of the same name are one; required ones keep their place, optional ones their name.
 */
final class Cases {
    private final List<Builtin> cases = new ArrayList<>();
    private final List<Builtin.Parameter> parameters = new ArrayList<>();
    /** For each case, where each of its parameters stands among the common ones. */
    private final List<int[]> places = new ArrayList<>();

    private Cases() {}

    /** One built-in for all cases; of a single one, itself. */
    static Builtin of(List<Builtin> cases) {
        if (cases.size() == 1) {
            return cases.get(0);
        }
        Cases all = new Cases();
        for (Builtin one : cases) {
            all.add(one);
        }
        return all.merged();
    }

    private void add(Builtin one) {
        int[] place = new int[one.parameters().size()];
        boolean start = cases.isEmpty();
        for (int i = 0; i < place.length; i++) {
            Builtin.Parameter p = one.parameters().get(i);
            int at = indexOf(p.name());
            if (at < 0
                    && !start
                    && i < parameters.size()
                    && (p.required() || parameters.get(i).required() && alike(p, parameters.get(i)))
                    && !claims(one, parameters.get(i).name())
                    && !p.rest()) {
                at = i;
            }
            if (at < 0) {
                at = parameters.size();
                parameters.add(start ? p : new Builtin.Parameter(p.name(), p.kind(), false, p.rest(), p.about()));
            } else {
                Builtin.Parameter old = parameters.get(at);
                Builtin.Kind kind = old.kind() == p.kind() ? p.kind() : Builtin.Kind.ANY;
                boolean required = old.required() && p.required();
                String about = old.about().equals(p.about()) ? p.about() : old.about() + "; " + p.about();
                parameters.set(at, new Builtin.Parameter(old.name(), kind, required, old.rest(), about));
            }
            place[i] = at;
        }
        cases.add(one);
        places.add(place);
        for (int j = 0; j < parameters.size(); j++) {
            Builtin.Parameter p = parameters.get(j);
            boolean used = false;
            for (int at : place) {
                used |= at == j;
            }
            if (!used && p.required()) {
                parameters.set(j, new Builtin.Parameter(p.name(), p.kind(), false, p.rest(), p.about()));
            }
        }
    }

    /** Whether one argument could be meant for either: an option of another kind has no place, only a name. */
    private static boolean alike(Builtin.Parameter a, Builtin.Parameter b) {
        return a.kind() == b.kind() || a.kind() == Builtin.Kind.ANY || b.kind() == Builtin.Kind.ANY;
    }

    private int indexOf(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean claims(Builtin one, String name) {
        return one.parameters().stream().anyMatch(p -> p.name().equals(name));
    }

    private Builtin merged() {
        Builtin model = cases.get(0);
        StringBuilder about = new StringBuilder();
        StringBuilder detail = new StringBuilder();
        Builtin.Kind result = model.result();
        Statistic statistic = null;
        for (Builtin one : cases) {
            about.append(about.isEmpty() ? "" : " ").append(one.about());
            detail.append(detail.isEmpty() || one.detail().isEmpty() ? "" : " ").append(one.detail());
            result = one.result() == result ? result : Builtin.Kind.ANY;
            statistic = one.statistic() == null ? statistic : one.statistic();
        }
        Builtin.Builder builder = Builtin.named(model.name())
                .group(model.group())
                .about(about.toString())
                .detail(detail.toString())
                .returns(result, model.resultAbout())
                .measures(statistic);
        for (Builtin.Parameter p : parameters) {
            builder.add(p);
        }
        return builder.runs(this::run);
    }

    private Object run(Call call) {
        Object first = call.argument(0);
        int chosen = -1;
        for (int i = 0; i < cases.size(); i++) {
            Class<?> type = cases.get(i).first();
            if (type == null ? chosen < 0 : type.isInstance(first)) {
                chosen = i;
            }
        }
        if (chosen < 0) {
            throw new ArgumentException(
                    ErrorCode.WRONG_TYPE,
                    0,
                    "`" + call.builtin().name() + "` cannot be asked of " + Values.describe(first));
        }
        Builtin one = cases.get(chosen);
        int[] place = places.get(chosen);
        Object[] arguments = new Object[place.length];
        boolean[] taken = new boolean[parameters.size()];
        for (int i = 0; i < place.length; i++) {
            arguments[i] = call.argument(place[i]);
            taken[place[i]] = true;
            if (arguments[i] == null && one.parameters().get(i).required()) {
                throw new ArgumentException(
                        ErrorCode.MISSING_ARGUMENT,
                        -1,
                        "`" + one.name() + "` needs the argument `"
                                + one.parameters().get(i).name() + "`",
                        "it is called as " + one.signature());
            }
        }
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j] && call.given(j) && !(call.argument(j) instanceof Object[] rest && rest.length == 0)) {
                throw new ArgumentException(
                        ErrorCode.UNKNOWN_ARGUMENT,
                        j,
                        "`" + one.name() + "` of " + Values.describe(first) + " has no argument `"
                                + parameters.get(j).name() + "`",
                        "it is called as " + one.signature());
            }
        }
        try {
            return one.body().run(new Call(one, arguments, call.context()));
        } catch (ArgumentException e) {
            throw e.parameter() < 0 ? e : e.of(place[e.parameter()]);
        }
    }
}
