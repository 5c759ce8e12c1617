package dev.meso.runtime.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Graphs of random operations on random shapes whose numbers stay of moderate size. */
final class RandomGraphs {
    private final RandomGenerator random;
    private final Graph graph = new Graph();
    private final List<Node> nodes = new ArrayList<>();
    private final int longest;

    /** What to compute, and the numbers of its inputs. */
    record Case(Map<String, Node> outputs, Map<String, double[]> leaves) {}

    private RandomGraphs(RandomGenerator random, int longest) {
        this.random = random;
        this.longest = longest;
    }

    static Case make(RandomGenerator random, int operations, int longest) {
        return new RandomGraphs(random, longest).make(operations);
    }

    private Case make(int operations) {
        for (int i = 0; i < 4; i++) {
            nodes.add(i % 2 == 0 ? graph.input("x" + i, shape()) : graph.parameter("x" + i, shape()));
        }
        nodes.add(graph.constant(0.7));
        int[] shape = shape();
        nodes.add(graph.constant(random.doubles(Shapes.size(shape), -1, 1).toArray(), shape));
        nodes.add(graph.full(-0.4, shape()));
        for (int i = 0; i < operations; i++) {
            Node from = pick();
            // Products of long axes with themselves would not fit.
            Node next = from.size() > 2_000 ? from.mean(from.rank() - 1) : step(from);
            if (next.size() <= 20_000) {
                nodes.add(next);
            }
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            outputs.put("y" + i, nodes.get(nodes.size() - 1 - random.nextInt(Math.min(8, nodes.size()))));
        }
        Node loss = null;
        for (Node output : outputs.values()) {
            Node term = output.square().mean();
            loss = loss == null ? term : loss.add(term);
        }
        outputs.put("loss", loss);
        List<Node> parameters = graph.parameters();
        List<Node> gradients = Gradients.of(loss, parameters);
        for (int p = 0; p < parameters.size(); p++) {
            outputs.put("g" + p, gradients.get(p));
        }
        Map<String, double[]> leaves = new LinkedHashMap<>();
        for (Node node : Graph.reachable(nodes)) {
            if (node.op() instanceof Op.Input || node.op() instanceof Op.Parameter) {
                leaves.put(node.label(), random.doubles(node.size(), -1, 1).toArray());
            }
        }
        return new Case(outputs, leaves);
    }

    private Node pick() {
        // Rather recent ones, so that chains are long.
        int back = (int) (nodes.size() * random.nextDouble() * random.nextDouble());
        return nodes.get(nodes.size() - 1 - back);
    }

    private int[] shape() {
        return IntStream.range(0, random.nextInt(4))
                .map(d -> random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(longest))
                .toArray();
    }

    /** A node that can be combined with {@code a} element by element. */
    private Node partner(Node a) {
        for (int attempt = 0; attempt < 10; attempt++) {
            Node b = pick();
            try {
                Shapes.broadcast(a.dims(), b.dims(), "");
                return b;
            } catch (RuntimeException e) {
                // Another one.
            }
        }
        int[] s = a.shape();
        for (int d = 0; d < s.length; d++) {
            s[d] = random.nextBoolean() ? s[d] : 1;
        }
        int drop = random.nextInt(s.length + 1);
        int[] rest = Arrays.copyOfRange(s, drop, s.length);
        return graph.constant(random.doubles(Shapes.size(rest), -1, 1).toArray(), rest);
    }

    private Node step(Node a) {
        int axis = a.rank() == 0 ? 0 : random.nextInt(a.rank());
        int length = a.rank() == 0 ? 1 : a.dims()[axis];
        int kind = random.nextInt(a.rank() == 0 ? 18 : 34);
        return switch (kind) {
            case 0 -> a.negate();
            case 1 -> a.abs().add(0.5).log();
            case 2 -> a.tanh();
            case 3 -> a.logistic();
            case 4 -> a.relu();
            case 5 -> a.softplus();
            case 6 -> a.minimum(2).exp().tanh();
            case 7 -> a.abs().add(0.1).sqrt();
            case 8 -> a.tanh().square();
            case 9, 10 -> a.add(partner(a));
            case 11 -> a.subtract(partner(a));
            case 12, 13 -> a.tanh().multiply(partner(a));
            case 14 -> a.divide(partner(a).abs().add(1));
            case 15 -> a.maximum(partner(a));
            case 16 -> {
                Node mask = a.greater(partner(a));
                yield mask.where(a.square().tanh(), partner(mask));
            }
            case 17 -> a.detach().add(a.multiply(0.3));
            case 18, 19 -> a.mean(axis);
            case 20 -> a.max(axis);
            case 21 -> a.sum(axis).tanh();
            case 22 -> a.mean();
            case 23, 24 -> a.transpose(order(a.rank()));
            case 25 -> a.reshape(reshaped(a));
            case 26 -> {
                int from = random.nextInt(length);
                yield a.slice(axis, from, from + 1 + random.nextInt(length - from), 1 + random.nextInt(2));
            }
            case 27 -> a.place(axis, 1, 2, 2 * length + 1);
            case 28 -> Node.concat(axis, List.of(a, a.tanh(), a));
            case 29 -> a.gather(axis, indexes(1 + random.nextInt(2 * longest), length));
            case 30 -> a.scatterAdd(axis, indexes(length, longest), longest).tanh();
            case 31 -> Functions.softmax(a, axis);
            case 32 -> {
                if (a.dims()[a.rank() - 1] > 200) {
                    yield a;
                }
                Node b = graph.constant(
                        random.doubles((long) a.dims()[a.rank() - 1] * 3, -1, 1).toArray(), a.dims()[a.rank() - 1], 3);
                yield a.expand(0).matmul(b.matmul(b.transpose()).tanh()).reshape(a.dims());
            }
            default -> a.contract(letters(a.rank()), a).tanh();
        };
    }

    /** A product of a node with itself, with one axis summed or kept twice. */
    private String letters(int rank) {
        return switch (rank) {
            case 1 -> random.nextBoolean() ? "a,a->" : "a,b->ab";
            case 2 -> random.nextBoolean() ? "ab,cb->ca" : "ab,ac->bc";
            default -> random.nextBoolean() ? "abc,abd->adc" : "abc,dbc->bad";
        };
    }

    private int[] order(int rank) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        java.util.Collections.shuffle(order, java.util.Random.from(random));
        return order.stream().mapToInt(d -> d).toArray();
    }

    private int[] reshaped(Node a) {
        int size = a.size();
        for (int n = 2; n < 7; n++) {
            if (size % n == 0 && random.nextBoolean()) {
                return new int[] {size / n, n};
            }
        }
        return random.nextBoolean() ? new int[] {size} : new int[] {1, size, 1};
    }

    private int[] indexes(int count, int bound) {
        return random.ints(count, 0, bound).toArray();
    }
}
