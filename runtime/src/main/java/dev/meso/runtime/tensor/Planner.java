package dev.meso.runtime.tensor;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.tensor.FusedStep.Code;
import dev.meso.runtime.tensor.FusedStep.Fixed;
import dev.meso.runtime.tensor.FusedStep.Instruction;
import dev.meso.runtime.tensor.FusedStep.Operand;
import dev.meso.runtime.tensor.Memory.Buffer;
import dev.meso.runtime.tensor.Op.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * From a simplified graph to steps: which elementwise nodes run together, where each array lies and how long, and the
 * kernels in their order.
 */
final class Planner {
    /** Longer chains would need more registers than the first-level cache holds. */
    private static final int LONGEST_CHAIN = 48;

    /** A program ready to run. */
    record Plan(
            List<Step> steps,
            int arena,
            int registers,
            Map<String, Buffer> leaves,
            Map<String, Result> outputs,
            List<Given> constants) {}

    /** Where the numbers of an output are after a run. */
    record Result(Buffer buffer, int shift, int[] shape) {
        int offset() {
            return buffer.offset() + shift;
        }
    }

    /** Numbers that stand in the arena from the beginning. */
    record Given(Buffer buffer, double[] values) {}

    private final boolean fuse;
    private final Map<String, Node> outputs;
    private final List<Node> nodes;
    private final Map<Node, List<Node>> consumers = new HashMap<>();
    /** The node whose step computes a node. */
    private final Map<Node, Node> roots = new HashMap<>();

    private final Map<Node, List<Node>> groups = new HashMap<>();
    private final Memory memory = new Memory();
    private final Map<Node, Buffer> buffers = new HashMap<>();
    private final Map<Node, Buffer> scratch = new HashMap<>();
    private final List<Given> constants = new ArrayList<>();
    private int registers;

    /** @param outputs contiguous nodes of one simplified graph */
    Planner(Map<String, Node> outputs, boolean fuse) {
        this.outputs = outputs;
        this.fuse = fuse;
        this.nodes = Graph.reachable(outputs.values());
    }

    Plan plan() {
        for (Node node : nodes) {
            for (Node input : new LinkedHashSet<>(node.inputs())) {
                consumers.computeIfAbsent(input, k -> new ArrayList<>()).add(node);
            }
        }
        group();
        List<Node> order = nodes.stream()
                .filter(n -> roots.get(n) == n && !(n.op() instanceof Op.Leaf))
                .toList();
        assign(order);
        long size = memory.place();
        if (size > Integer.MAX_VALUE - 64) {
            throw new MesoException(
                    ErrorCode.OUT_OF_MEMORY,
                    "a program needs room for " + size + " numbers at once, more than 2^31",
                    "use smaller batches or windows, or fewer locations or modules at once");
        }
        List<Step> steps = new ArrayList<>();
        for (Node root : order) {
            emit(root, steps);
        }
        Map<String, Buffer> leaves = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (node.op() instanceof Op.Input || node.op() instanceof Op.Parameter) {
                leaves.put(node.label(), buffers.get(node));
            }
        }
        Map<String, Result> results = new LinkedHashMap<>();
        outputs.forEach((name, node) -> {
            Layout layout = Layout.of(node);
            results.put(name, new Result(buffers.get(layout.base()), layout.offset(), node.dims()));
        });
        return new Plan(steps, (int) size, registers, leaves, results, constants);
    }

    private static boolean isView(Node node) {
        return Layout.of(node).base() != node;
    }

    private static boolean elementwise(Node node) {
        return node.op() instanceof Op.Elementwise || node.op() instanceof Op.Detach;
    }

    private static boolean uniform(Node node) {
        return node.op() instanceof Op.Constant c && c.uniform();
    }

    // --- which nodes run together
    // -------------------------------------------------------------------------------------

    /**
     * An elementwise node joins those that read it if they all run in one step over the same shape, so it never has to be
     * stored. Since nobody else reads it, no step can come to depend on itself.
     */
    private void group() {
        Set<Node> wanted = new HashSet<>();
        outputs.values().forEach(n -> wanted.add(Layout.of(n).base()));
        for (Node node : nodes.reversed()) {
            if (isView(node)) {
                continue;
            }
            Node root = node;
            if (fuse && elementwise(node) && !wanted.contains(node)) {
                root = commonRoot(node);
            }
            List<Node> group = groups.computeIfAbsent(root, k -> new ArrayList<>());
            if (root != node && group.size() >= LONGEST_CHAIN) {
                root = node;
                group = groups.computeIfAbsent(root, k -> new ArrayList<>());
            }
            roots.put(node, root);
            group.add(node);
        }
        groups.values().forEach(g -> g.sort((a, b) -> a.id() - b.id()));
    }

    private Node commonRoot(Node node) {
        Node common = null;
        for (Node consumer : consumers.get(node)) {
            boolean joins = (elementwise(consumer) && Arrays.equals(consumer.dims(), node.dims()))
                    || consumer.op() instanceof Op.Reduce;
            Node root = joins ? roots.get(consumer) : null;
            if (root == null || (common != null && common != root)) {
                return node;
            }
            common = root;
        }
        return common;
    }

    // --- memory
    // -------------------------------------------------------------------------------------------------------

    /** What the step of {@code root} reads from memory. */
    private List<Node> reads(Node root) {
        List<Node> read = new ArrayList<>();
        for (Node node : groups.get(root)) {
            for (Node input : node.inputs()) {
                if ((isView(input) || roots.get(input) != root) && !read.contains(input)) {
                    read.add(input);
                }
            }
        }
        return read;
    }

    private void assign(List<Node> order) {
        int end = order.size();
        for (Node node : nodes) {
            if (node.op() instanceof Op.Input || node.op() instanceof Op.Parameter) {
                buffers.put(node, memory.buffer(node.size(), -1, end));
            }
        }
        Map<Node, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < end; i++) {
            for (Node read : reads(order.get(i))) {
                lastUse.put(Layout.of(read).base(), i);
            }
        }
        outputs.values().forEach(n -> lastUse.put(Layout.of(n).base(), end));
        outputs.values().forEach(n -> constant(Layout.of(n).base(), end));
        for (int i = 0; i < end; i++) {
            Node root = order.get(i);
            for (Node read : reads(root)) {
                if (!inRegister(root, read)) {
                    constant(Layout.of(read).base(), end);
                }
            }
            int last = lastUse.getOrDefault(root, i);
            Buffer replaced = replaced(root, i);
            if (replaced == null) {
                buffers.put(root, memory.buffer(root.size(), i, last));
            } else {
                replaced.usedAt(last);
                buffers.put(root, replaced);
            }
            int extra = extra(root);
            if (extra > 0) {
                scratch.put(root, memory.buffer(extra, i, i));
            }
        }
    }

    /** A constant that stands in memory, once it is read from there. */
    private void constant(Node node, int end) {
        if (node.op() instanceof Op.Constant c && !buffers.containsKey(node)) {
            Buffer buffer = memory.buffer(node.size(), -1, end);
            buffers.put(node, buffer);
            constants.add(new Given(buffer, c.values()));
        }
    }

    private static boolean inRegister(Node root, Node read) {
        return uniform(read) && (elementwise(root) || root.op() instanceof Op.Reduce);
    }

    /** The buffer of an operand that is read for the last time, number by number in the order in which results are written. */
    private Buffer replaced(Node root, int step) {
        if (!fuse || !elementwise(root)) {
            return null;
        }
        List<Node> reads = reads(root);
        for (Node read : reads) {
            Layout layout = Layout.of(read);
            Buffer buffer = buffers.get(layout.base());
            if (buffer == null
                    || layout.base().op() instanceof Op.Leaf
                    || buffer.last() != step
                    || !Arrays.equals(read.dims(), root.dims())
                    || !layout.whole(read.dims())) {
                continue;
            }
            boolean alone = reads.stream()
                    .noneMatch(r -> r != read && buffers.get(Layout.of(r).base()) == buffer);
            if (alone) {
                return buffer;
            }
        }
        return null;
    }

    /** Memory that a step needs only for itself. */
    private int extra(Node root) {
        return switch (root.op()) {
            case Op.SparseProduct p ->
                SparseStep.scratch(p.pattern(), batch(root.input(1), p.pattern().columns()));
            case Op.SparseOuter p ->
                SparseStep.scratch(p.pattern(), batch(root.input(1), p.pattern().columns()));
            case Op.Reduce r -> FusedStep.partialSize(code(root, false));
            default -> 0;
        };
    }

    private static int batch(Node x, int columns) {
        return columns == 0 ? 1 : x.size() / columns;
    }

    // --- steps
    // --------------------------------------------------------------------------------------------------------

    private int place(Node node) {
        Layout layout = Layout.of(node);
        return buffers.get(layout.base()).offset() + layout.offset();
    }

    private void emit(Node root, List<Step> steps) {
        String label = root + "";
        int to = buffers.get(root).offset();
        int own = scratch.containsKey(root) ? scratch.get(root).offset() : -1;
        switch (root.op()) {
            case Op.Contract c -> {
                int[] lengths = lengths(c, root);
                int[] offsets = {place(root.input(0)), place(root.input(1)), to};
                steps.add(new ContractStep(
                        ContractStep.product(
                                c, root, lengths, Layout.of(root.input(0)), Layout.of(root.input(1)), offsets),
                        label));
            }
            case Op.Gather g ->
                steps.add(IndexStep.gather(
                        g, root.dims(), root.input(0).dims()[g.axis()], place(root.input(0)), to, label));
            case Op.Scatter s ->
                steps.add(IndexStep.collect(
                        s, root.dims(), root.input(0).dims()[s.axis()], place(root.input(0)), to, label));
            case Op.SparseProduct p ->
                steps.add(new SparseStep(
                        p.pattern(),
                        false,
                        batch(root.input(1), p.pattern().columns()),
                        place(root.input(0)),
                        place(root.input(1)),
                        to,
                        own,
                        label));
            case Op.SparseOuter p ->
                steps.add(new SparseStep(
                        p.pattern(),
                        true,
                        batch(root.input(1), p.pattern().columns()),
                        to,
                        place(root.input(1)),
                        place(root.input(0)),
                        own,
                        label));
            case Op.Place p -> {
                steps.add(new FillStep(to, root.size(), label));
                int[] strides = Shapes.strides(root.dims());
                int step = strides[p.axis()];
                copy(
                        root.input(0),
                        new Operand(to + p.from() * step, Shapes.with(strides, p.axis(), p.step() * step)),
                        label,
                        steps);
            }
            case Op.Concat c -> {
                int[] strides = Shapes.strides(root.dims());
                int from = 0;
                for (Node part : root.inputs()) {
                    copy(part, new Operand(to + from * strides[c.axis()], strides), label, steps);
                    from += part.dims()[c.axis()];
                }
            }
            default -> steps.add(new FusedStep(code(root, true)));
        }
    }

    private void copy(Node from, Operand goal, String label, List<Step> steps) {
        registers = Math.max(registers, 1);
        Operand source = new Operand(place(from), Layout.of(from).strides());
        steps.add(new FusedStep(
                new Code(from.dims(), List.of(source), List.of(), List.of(), 1, 0, goal, null, -1, label)));
    }

    private static int[] lengths(Op.Contract c, Node node) {
        int[] lengths = new int[64];
        for (int d = 0; d < c.first().of().length; d++) {
            lengths[c.first().of()[d]] = node.input(0).dims()[d];
        }
        for (int d = 0; d < c.second().of().length; d++) {
            lengths[c.second().of()[d]] = node.input(1).dims()[d];
        }
        return lengths;
    }

    /** @param placed false while memory has no places yet: only shapes and strides matter then */
    private Code code(Node root, boolean placed) {
        List<Node> group = groups.get(root);
        Reduction reduction = root.op() instanceof Op.Reduce r ? r.reduction() : null;
        int[] lengths = reduction == null ? root.dims() : root.input(0).dims();
        List<Operand> loads = new ArrayList<>();
        List<Fixed> fixed = new ArrayList<>();
        Map<Node, Integer> register = new HashMap<>();
        List<Node> reads = reads(root);
        for (Node read : reads) {
            if (!uniform(read)) {
                Layout layout = Layout.of(read);
                register.put(read, loads.size());
                loads.add(new Operand(placed ? place(read) : 0, layout.repeated(read.dims(), lengths)));
            }
        }
        int next = loads.size();
        for (Node read : reads) {
            if (uniform(read)) {
                fixed.add(new Fixed(next, ((Op.Constant) read.op()).values()[0]));
                register.put(read, next++);
            }
        }
        List<Instruction> instructions = new ArrayList<>();
        Registers free = new Registers(next, group);
        for (int i = 0; i < group.size(); i++) {
            Node node = group.get(i);
            if (node == root && reduction != null) {
                continue;
            }
            int[] from = node.inputs().stream().mapToInt(register::get).toArray();
            if (node.op() instanceof Op.Detach) {
                register.put(node, from[0]);
                continue;
            }
            int to = free.next(node, i);
            register.put(node, to);
            instructions.add(new Instruction((Op.Elementwise) node.op(), from, to));
        }
        Node result = reduction == null ? root : root.input(0);
        registers = Math.max(registers, free.count());
        int to = placed ? buffers.get(root).offset() : 0;
        return new Code(
                lengths,
                loads,
                fixed,
                instructions,
                free.count(),
                register.get(result),
                new Operand(to, goal(root, lengths)),
                reduction,
                scratch.containsKey(root) ? scratch.get(root).offset() : -1,
                root.toString());
    }

    /** Strides of the result over the axes of the iteration: 0 for those that are summed. */
    private static int[] goal(Node root, int[] lengths) {
        int[] own = Shapes.strides(root.dims());
        if (!(root.op() instanceof Op.Reduce r)) {
            return own;
        }
        int[] strides = new int[lengths.length];
        int next = 0;
        for (int d = 0; d < strides.length; d++) {
            strides[d] = Arrays.binarySearch(r.axes().of(), d) >= 0 ? 0 : own[next++];
        }
        return strides;
    }

    /** Gives registers to the nodes of a chain; one that is read for the last time is used again. */
    private static final class Registers {
        private final Map<Node, Integer> lastRead = new HashMap<>();
        /** By register in use by a node of the chain: the position that reads it last. */
        private final Map<Integer, Integer> inUse = new TreeMap<>();

        private final List<Integer> free = new ArrayList<>();
        private int count;

        Registers(int first, List<Node> group) {
            count = first;
            for (int i = 0; i < group.size(); i++) {
                for (Node input : group.get(i).inputs()) {
                    lastRead.put(input, i);
                }
            }
        }

        /** For the node at {@code position}: possibly one that it reads itself, since it works number by number. */
        int next(Node node, int position) {
            inUse.entrySet().removeIf(e -> e.getValue() <= position && free.add(e.getKey()));
            int register = free.isEmpty() ? count++ : free.removeLast();
            inUse.put(register, lastRead.getOrDefault(node, Integer.MAX_VALUE));
            return register;
        }

        int count() {
            return count;
        }
    }
}
