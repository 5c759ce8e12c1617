package dev.meso.runtime.mesoscale;

import dev.meso.runtime.space.ReceptiveFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the neurons of the fields stand in the arrays of a model. Fields of like size are a group, padded to the largest of it, so that a location that
 * holds all neurons does not pad all others. An array over pairs of location and module and their places has group after group, in it location after
 * location, in it module after module, in it the places: see {@link #start}. An array over pairs alone has the same order of pairs: see {@link #pair}.
 */
final class FieldLayout {
    /** Fields up to this size are of like size: smaller products cost no less. */
    private static final int SMALL = 16;

    private final int modules;
    private final List<Group> groups = new ArrayList<>();
    private final Group[] groupOf;
    /** Position of each location among those of its group. */
    private final int[] position;

    private final int size;

    /**
     * @param first locations before this group
     * @param start places of pairs before this group
     * @param size places of its pairs
     * @param places of each of its fields: the size of the largest
     * @param count locations in it
     * @param neurons locations x places; those beyond a field's size are any neuron
     */
    record Group(int first, int start, int size, int places, int count, int[] neurons) {}

    private FieldLayout(ReceptiveFields fields, int modules) {
        this.modules = modules;
        groupOf = new Group[fields.locations()];
        position = new int[fields.locations()];
        int[] left = IntStream.range(0, fields.locations()).toArray();
        int first = 0;
        int start = 0;
        while (left.length > 0) {
            int places = Math.max(1, IntStream.of(left).map(fields::size).max().getAsInt());
            int least = places <= SMALL ? 0 : places / 2 + 1;
            int[] chosen =
                    IntStream.of(left).filter(l -> fields.size(l) >= least).toArray();
            left = IntStream.of(left).filter(l -> fields.size(l) < least).toArray();
            int[] neurons = new int[Math.multiplyExact(chosen.length, places)];
            int all = Math.multiplyExact(neurons.length, modules);
            Group group = new Group(first, start, all, places, chosen.length, neurons);
            for (int i = 0; i < chosen.length; i++) {
                int[] field = fields.neurons(chosen[i]);
                System.arraycopy(field, 0, neurons, i * places, field.length);
                groupOf[chosen[i]] = group;
                position[chosen[i]] = i;
            }
            groups.add(group);
            first += chosen.length;
            start = Math.addExact(start, all);
        }
        size = start;
    }

    static FieldLayout of(ModelStructure structure, int modules) {
        return new FieldLayout(structure.fields(), modules);
    }

    List<Group> groups() {
        return groups;
    }

    /** Places of all pairs. */
    int size() {
        return size;
    }

    /** Places of a location's pairs, its neurons first. */
    int places(int location) {
        return groupOf[location].places;
    }

    int pairs() {
        return position.length * modules;
    }

    /** The number of a location: group after group. */
    int order(int location) {
        return groupOf[location].first + position[location];
    }

    /** The number of a pair. */
    int pair(int location, int module) {
        return order(location) * modules + module;
    }

    /** The first place of a pair. */
    int start(int location, int module) {
        Group group = groupOf[location];
        return group.start + (position[location] * modules + module) * group.places;
    }

    /** The neuron at each place of all pairs; -1 where there is none. */
    int[] neurons(ReceptiveFields fields) {
        int[] neurons = new int[size];
        Arrays.fill(neurons, -1);
        for (int l = 0; l < position.length; l++) {
            int[] field = fields.neurons(l);
            for (int b = 0; b < modules; b++) {
                System.arraycopy(field, 0, neurons, start(l, b), field.length);
            }
        }
        return neurons;
    }
}
