package dev.meso.runtime.motif;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.graph.Wiring;
import dev.meso.runtime.task.CancelledException;
import dev.meso.runtime.task.Monitor;
import dev.meso.runtime.task.Parallel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSearchTest {
    private static final Parallel TWO = new Parallel(2, Monitor.NONE);

    /** The plain twin: every mapping of the variables to distinct neurons, checked clause by clause. */
    private static List<int[]> plainMappings(Wiring graph, Pattern pattern) {
        List<int[]> found = new ArrayList<>();
        extend(graph, pattern, new int[pattern.size()], 0, found);
        return found;
    }

    private static void extend(Wiring graph, Pattern pattern, int[] mapping, int bound, List<int[]> found) {
        if (bound == mapping.length) {
            if (matches(graph, pattern, mapping)) {
                found.add(mapping.clone());
            }
            return;
        }
        for (int v = 0; v < graph.n(); v++) {
            int neuron = v;
            if (Arrays.stream(mapping, 0, bound).noneMatch(u -> u == neuron)) {
                mapping[bound] = v;
                extend(graph, pattern, mapping, bound + 1, found);
            }
        }
    }

    private static boolean matches(Wiring graph, Pattern pattern, int[] mapping) {
        for (Pattern.Edge e : pattern.edges()) {
            if (!connected(graph, mapping[e.from()], mapping[e.to()], e.mask())) {
                return false;
            }
        }
        for (Pattern.Edge e : pattern.absent()) {
            if (connected(graph, mapping[e.from()], mapping[e.to()], e.mask())) {
                return false;
            }
        }
        for (Pattern.Reach r : pattern.reaches()) {
            if (r.absent() == reached(graph, mapping[r.from()], mapping[r.to()], r.hops(), r.mask())) {
                return false;
            }
        }
        for (int x = 0; x < mapping.length; x++) {
            int neuron = mapping[x];
            if (!pattern.masks(x).stream().allMatch(m -> m.holds(neuron))) {
                return false;
            }
        }
        return pattern.conditions().stream().allMatch(c -> c.test()
                .holds(c.variables().stream().mapToInt(x -> mapping[x]).toArray()));
    }

    private static boolean connected(Wiring graph, int pre, int post, Mask mask) {
        int at = Arrays.binarySearch(graph.outTargets(), graph.outStart()[pre], graph.outStart()[pre + 1], post);
        return at >= 0 && mask.holds(at);
    }

    private static boolean reached(Wiring graph, int from, int to, int hops, Mask mask) {
        Set<Integer> seen = new HashSet<>(Set.of(from));
        for (int hop = 0; hop < hops; hop++) {
            for (int v : List.copyOf(seen)) {
                for (int w = 0; w < graph.n(); w++) {
                    if (connected(graph, v, w, mask)) {
                        seen.add(w);
                    }
                }
            }
        }
        return seen.contains(to);
    }

    private static Mask randomMask(Random random, int size, String name) {
        BitSet bits = new BitSet();
        double share = random.nextInt(8) == 0 ? 0 : 0.3 + 0.7 * random.nextDouble();
        for (int i = 0; i < size; i++) {
            bits.set(i, random.nextDouble() < share);
        }
        return Mask.of(bits, name);
    }

    /** A pattern of 1 to 4 variables with any clauses, or null where they contradict each other. */
    private static Pattern randomPattern(Random random, Wiring graph) {
        Pattern.Builder builder = Pattern.builder();
        int size = 1 + random.nextInt(4);
        for (int x = 0; x < size; x++) {
            builder.variable("x" + x);
        }
        Mask[] edgeMasks = {
            Mask.ALL, Mask.ALL, randomMask(random, graph.m(), "strong"), randomMask(random, graph.m(), "excitatory")
        };
        Mask[] nodeMasks = {randomMask(random, graph.n(), "sensory"), randomMask(random, graph.n(), "motor")};
        try {
            // Half of the patterns repeat each clause with the variables rotated, which makes them symmetric.
            int rotations = random.nextBoolean() ? 1 : size;
            int clauses = size == 1 ? 0 : 1 + random.nextInt(rotations > 1 ? 2 : 6);
            for (int c = 0; c < clauses; c++) {
                int a = random.nextInt(size);
                int b = (a + 1 + random.nextInt(size - 1)) % size;
                Mask mask = edgeMasks[random.nextInt(4)];
                int kind = random.nextInt(10);
                int hops = 1 + random.nextInt(3);
                for (int r = 0; r < rotations; r++) {
                    clause(builder, kind, (a + r) % size, (b + r) % size, mask, hops);
                }
            }
            for (int x = 0; x < size; x++) {
                if (random.nextInt(5) == 0) {
                    builder.only(x, nodeMasks[random.nextInt(2)]);
                }
            }
            if (size > 1 && random.nextInt(4) == 0) {
                int a = random.nextInt(size);
                int b = (a + 1 + random.nextInt(size - 1)) % size;
                if (random.nextBoolean()) {
                    builder.condition(
                            List.of(a, b), v -> v[0] % 3 == v[1] % 3, renaming -> Set.of(renaming[a], renaming[b]));
                } else {
                    builder.condition(List.of(a, b), v -> v[0] < v[1] + 2);
                }
            }
            if (random.nextInt(4) == 0) {
                builder.induced();
            }
            return builder.build();
        } catch (MesoException contradiction) {
            assertEquals(ErrorCode.IMPOSSIBLE_MOTIF, contradiction.code());
            return null;
        }
    }

    private static void clause(Pattern.Builder builder, int kind, int a, int b, Mask mask, int hops) {
        switch (kind) {
            case 0 -> builder.mutual(a, b);
            case 1 -> builder.absent(a, b, mask);
            case 2 -> builder.within(a, b, hops, mask);
            case 3 -> builder.notWithin(a, b, hops, mask);
            default -> builder.edge(a, b, mask);
        }
    }

    private static void assertMatchesPlain(Wiring graph, Pattern pattern, String seen) {
        List<int[]> mappings = plainMappings(graph, pattern);
        PatternSearch search = new PatternSearch(graph, pattern, Parallel.serial());
        assertEquals(mappings.size(), search.mappings(), seen + ": mappings");
        assertEquals(mappings.size(), search.count() * pattern.symmetries(), seen + ": matches");
        int[][] found = search.find(Long.MAX_VALUE);
        assertEquals(search.count(), found.length, seen + ": found");
        Set<List<Integer>> valid = new HashSet<>();
        mappings.forEach(m -> valid.add(boxed(m)));
        Set<List<Integer>> distinct = new HashSet<>();
        long[] plain = new long[graph.n()];
        for (int[] match : found) {
            assertTrue(valid.contains(boxed(match)), seen + ": a match that is none");
            assertTrue(distinct.add(boxed(match)), seen + ": a match twice");
            for (int v : match) {
                plain[v]++;
            }
        }
        assertArrayEquals(plain, search.participation(), seen + ": participation");
        long[][] byVariable = search.participationByVariable();
        int[] roles = pattern.roles();
        for (int x = 0; x < pattern.size(); x++) {
            long[] expected = new long[graph.n()];
            for (int[] mapping : mappings) {
                expected[mapping[x]]++;
            }
            int role = roles[x];
            long orbit = Arrays.stream(roles).filter(r -> r == role).count();
            for (int v = 0; v < graph.n(); v++) {
                assertEquals(expected[v] * orbit, byVariable[x][v] * pattern.symmetries(), seen + ": roles");
            }
        }
        long limit = found.length / 2;
        assertArrayEquals(Arrays.copyOf(found, (int) limit), search.find(limit), seen + ": limit");
    }

    private static List<Integer> boxed(int[] mapping) {
        return Arrays.stream(mapping).boxed().toList();
    }

    @Test
    void randomPatternsAgreeWithEveryMapping() {
        long seed = 11;
        int matched = 0;
        int symmetric = 0;
        int patterns = 0;
        for (int trial = 0; patterns < 1000; trial++) {
            Random random = new Random(seed * 100_003 + trial);
            Wiring graph = CensusTest.random(
                    random, random.nextInt(12), 0.6 * random.nextDouble(), random.nextDouble(), random.nextInt(4) == 0);
            Pattern pattern = randomPattern(random, graph);
            if (pattern == null) {
                continue;
            }
            patterns++;
            String seen = "seed " + seed + " trial " + trial + ", " + graph + ", " + pattern;
            assertMatchesPlain(graph, pattern, seen);
            matched += new PatternSearch(graph, pattern, TWO).count() > 0 ? 1 : 0;
            symmetric += pattern.symmetries() > 1 ? 1 : 0;
        }
        // Otherwise the test says little.
        assertTrue(matched > 300, matched + " patterns matched");
        assertTrue(symmetric > 100, symmetric + " patterns were symmetric");
    }

    static Pattern drawn(int size, boolean induced, String... edges) {
        Pattern.Builder builder = Pattern.builder();
        for (int x = 0; x < size; x++) {
            builder.variable(String.valueOf((char) ('a' + x)));
        }
        for (String edge : edges) {
            builder.edge(edge.charAt(0) - 'a', edge.charAt(1) - 'a');
        }
        return (induced ? builder.induced() : builder).build();
    }

    private static final Pattern CYCLE3 = drawn(3, false, "ab", "bc", "ca");
    private static final Pattern FFL = drawn(3, false, "ab", "bc", "ac");
    private static final Pattern CYCLE4 = drawn(4, false, "ab", "bc", "cd", "da");
    private static final Pattern DIAMOND = drawn(4, false, "ab", "ac", "bd", "cd");
    private static final Pattern BIFAN = drawn(4, false, "ac", "ad", "bc", "bd");

    @Test
    void symmetriesOfKnownMotifs() {
        assertEquals(3, CYCLE3.symmetries());
        assertEquals(1, FFL.symmetries());
        assertEquals(4, CYCLE4.symmetries());
        assertEquals(2, DIAMOND.symmetries());
        assertEquals(4, BIFAN.symmetries());
        assertEquals(
                24,
                drawn(4, false, "ab", "ba", "ac", "ca", "ad", "da", "bc", "cb", "bd", "db", "cd", "dc")
                        .symmetries());
        assertArrayEquals(new int[] {0, 0, 2, 2}, BIFAN.roles());
        assertEquals("{ a -> b; b -> c; c -> a }, symmetries: 3", CYCLE3.describe());
    }

    @Test
    void masksAndConditionsBreakSymmetryUnlessTheyAreTheSame() {
        Mask sensory = Mask.of(new BitSet(), "sensory");
        Mask again = Mask.of(new BitSet(), "sensory");
        Mask motor = Mask.of(new BitSet(), "motor");
        assertEquals(2, mutual().only(0, sensory).only(1, again).build().symmetries());
        assertEquals(1, mutual().only(0, sensory).only(1, motor).build().symmetries());
        assertEquals(1, mutual().only(0, sensory).build().symmetries());
        assertEquals(1, mutual().condition(List.of(0, 1), v -> true).build().symmetries());
        assertEquals(
                2,
                mutual().condition(List.of(0, 1), v -> true, r -> Set.of(r[0], r[1]))
                        .build()
                        .symmetries());
    }

    private static Pattern.Builder mutual() {
        Pattern.Builder builder = Pattern.builder();
        builder.variable("a");
        builder.variable("b");
        return builder.mutual(0, 1);
    }

    @Test
    void inducedPatternsAreTheCensus() {
        Wiring graph = CensusTest.random(new Random(3), 40, 0.2, 0.3, false);
        long[] census = Census.triads(graph);
        String[][] drawings = {
            {},
            {"ab"},
            {"ab", "ba"},
            {"ba", "bc"},
            {"ab", "cb"},
            {"ab", "bc"},
            {"ab", "ba", "cb"},
            {"ab", "ba", "bc"},
            {"ab", "bc", "ac"},
            {"ab", "bc", "ca"},
            {"ab", "ba", "bc", "cb"},
            {"ba", "bc", "ac", "ca"},
            {"ab", "cb", "ac", "ca"},
            {"ab", "bc", "ac", "ca"},
            {"ab", "bc", "cb", "ac", "ca"},
            {"ab", "ba", "bc", "cb", "ac", "ca"}
        };
        for (int t = 0; t < 16; t++) {
            Pattern pattern = drawn(3, true, drawings[t]);
            assertEquals(census[t], new PatternSearch(graph, pattern, TWO).count(), Census.TRIADS.get(t));
            assertEquals(census[t], new PatternSearch(graph, pattern, TWO).find(Long.MAX_VALUE).length);
            assertEquals(
                    3 * census[t],
                    Arrays.stream(new PatternSearch(graph, pattern, TWO).participation())
                            .sum());
        }
    }

    @Test
    void everyPatternOfThreeAgreesWithTheCensus() {
        Wiring graph = CensusTest.random(new Random(31), 25, 0.25, 0.3, true);
        long[] census = Census.triads(graph);
        String[] pairs = {"ab", "ba", "ac", "ca", "bc", "cb"};
        for (int drawing = 0; drawing < 64; drawing++) {
            int chosen = drawing;
            String[] edges = IntStream.range(0, 6)
                    .filter(i -> (chosen >> i & 1) != 0)
                    .mapToObj(i -> pairs[i])
                    .toArray(String[]::new);
            for (boolean induced : new boolean[] {false, true}) {
                Pattern pattern = drawn(3, induced, edges);
                long plain = plainMappings(graph, pattern).size() / pattern.symmetries();
                assertEquals(plain, PatternSearch.sum(pattern.perTriad().orElseThrow(), census), pattern.describe());
                assertEquals(plain, new PatternSearch(graph, pattern, TWO).count(), pattern.describe());
                assertEquals(plain, new PatternSearch(graph, pattern, TWO).find(Long.MAX_VALUE).length);
            }
        }
    }

    /** Larger than the table of bits, so that marks, merges and searches are used. */
    private static Wiring large() {
        Random random = new Random(17);
        int n = Rows.LARGEST_TABLE + 1000;
        int m = 40_000;
        int[] pre = new int[m];
        int[] post = new int[m];
        for (int e = 0; e < m; e++) {
            pre[e] = (int) (n * Math.pow(random.nextDouble(), 3));
            post[e] = (int) (n * Math.pow(random.nextDouble(), 2));
        }
        return Wiring.of(n, pre, post, false);
    }

    @Test
    void largeGraphsAgreeWithTheCensusAndThreadsChangeNothing() {
        Wiring graph = large();
        long[] census = Census.triads(graph);
        assertEquals(census[9], searched(graph, "ab", "bc", "ca"));
        assertEquals(census[8], searched(graph, "ab", "bc", "ac"));
        assertEquals(census[5], searched(graph, "ab", "bc"));
        assertEquals(census[3], searched(graph, "ba", "bc"));
        assertEquals(census[14], searched(graph, "ab", "bc", "cb", "ac", "ca"));
        for (Pattern pattern : List.of(FFL, CYCLE4)) {
            PatternSearch one = new PatternSearch(graph, pattern, Parallel.serial());
            for (int threads : new int[] {2, 8}) {
                PatternSearch many = new PatternSearch(graph, pattern, new Parallel(threads, Monitor.NONE));
                assertEquals(one.count(), many.count());
                assertEquals(one.count(), Arrays.stream(many.participation()).sum() / pattern.size());
                assertArrayEquals(one.find(1000), many.find(1000));
                assertArrayEquals(one.participation(), many.participation());
            }
            assertEquals(
                    one.count() * pattern.size(),
                    Arrays.stream(one.participation()).sum());
        }
    }

    /** Matches of an induced pattern of three, each found: not read off the census. */
    private static long searched(Wiring graph, String... edges) {
        long[] participation = new PatternSearch(graph, drawn(3, true, edges), TWO).participation();
        return Arrays.stream(participation).sum() / 3;
    }

    @Test
    void largeGraphsAgreeWithEveryMappingOfASmallPart() {
        // The matches among a few neurons of a large graph are those of the small graph they form.
        Random random = new Random(23);
        for (int trial = 0; trial < 60; trial++) {
            Wiring small = CensusTest.random(random, 8, 0.5, 0.5, false);
            int[] pre = Arrays.stream(small.edgeSources()).map(v -> v * 600).toArray();
            int[] post = Arrays.stream(small.outTargets()).map(v -> v * 600).toArray();
            Wiring spread = Wiring.of(5000, pre, post, false);
            Pattern pattern = randomPattern(random, small);
            if (pattern == null || !pattern.conditions().isEmpty()) {
                continue;
            }
            Pattern.Builder held = Pattern.builder();
            for (int x = 0; x < pattern.size(); x++) {
                held.variable(pattern.names().get(x));
                BitSet bits = new BitSet();
                for (int v = 0; v < 8; v++) {
                    int neuron = v;
                    bits.set(v * 600, pattern.masks(x).stream().allMatch(m -> m.holds(neuron)));
                }
                held.only(x, Mask.of(bits, "part " + pattern.masks(x)));
            }
            pattern.edges().forEach(e -> held.edge(e.from(), e.to(), e.mask()));
            pattern.absent().forEach(e -> held.absent(e.from(), e.to(), e.mask()));
            for (Pattern.Reach r : pattern.reaches()) {
                if (r.absent()) {
                    held.notWithin(r.from(), r.to(), r.hops(), r.mask());
                } else {
                    held.within(r.from(), r.to(), r.hops(), r.mask());
                }
            }
            assertEquals(
                    plainMappings(small, pattern).size(),
                    new PatternSearch(spread, held.build(), TWO).mappings(),
                    "trial " + trial + ", " + pattern);
        }
    }

    @Test
    void aLimitStopsTheSearch() {
        Wiring graph = CensusTest.random(new Random(2), 300, 0.3, 0.3, false);
        AtomicInteger tested = new AtomicInteger();
        Pattern.Builder builder = Pattern.builder();
        builder.variable("a");
        builder.variable("b");
        builder.variable("c");
        Pattern pattern = builder.edge(0, 1)
                .edge(1, 2)
                .condition(List.of(0, 1, 2), v -> tested.incrementAndGet() > 0)
                .build();
        assertEquals(10, new PatternSearch(graph, pattern, TWO).find(10).length);
        assertTrue(tested.get() <= 100, tested + " tests for 10 matches");
        tested.set(0);
        new PatternSearch(graph, pattern, TWO).forEach(match -> tested.get() < 5);
        assertEquals(5, tested.get());
    }

    @Test
    void impossiblePatternsTakeNoTime() {
        Wiring graph = large();
        Pattern.Builder builder = Pattern.builder();
        for (int x = 0; x < 8; x++) {
            builder.variable("x" + x);
        }
        builder.only(3, Mask.of(new BitSet(), "nobody"));
        assertEquals(0, new PatternSearch(graph, builder.build(), TWO).count());
        Pattern.Builder strong = mutual();
        strong.edge(0, 1, Mask.of(new BitSet(), "strong"));
        assertEquals(0, new PatternSearch(graph, strong.build(), TWO).find(5).length);
        Wiring empty = Wiring.of(0, new int[0], new int[0], false);
        assertEquals(0, new PatternSearch(empty, CYCLE3, TWO).count());
        assertEquals(0, new PatternSearch(empty, CYCLE3, TWO).participation().length);
    }

    @Test
    void contradictionsAreRefused() {
        assertRefused(mutual().absent(0, 1));
        Mask strong = Mask.of(new BitSet(), "strong");
        assertRefused(mutual().edge(0, 1, strong).absent(0, 1, strong));
        assertRefused(mutual().notWithin(0, 1, 3, Mask.ALL));
        MesoException loop = assertThrows(MesoException.class, () -> mutual().edge(1, 1));
        assertEquals(ErrorCode.IMPOSSIBLE_MOTIF, loop.code());
        // No strong connection but some connection is no contradiction.
        mutual().absent(0, 1, strong).build();
    }

    private static void assertRefused(Pattern.Builder builder) {
        MesoException refused = assertThrows(MesoException.class, builder::build);
        assertEquals(ErrorCode.IMPOSSIBLE_MOTIF, refused.code());
        assertTrue(refused.getMessage().contains("a -> b"), refused.getMessage());
    }

    @Test
    void partsThatAreNotConnectedMultiply() {
        Wiring graph = CensusTest.random(new Random(4), 9, 0.3, 0.2, false);
        Pattern two = drawn(4, false, "ab", "cd");
        assertEquals(plainMappings(graph, two).size(), new PatternSearch(graph, two, TWO).mappings());
    }

    @Test
    void stars() {
        // One neuron to 16 others: the leaves are counted, not listed.
        int n = 60;
        int[] pre = new int[n - 1];
        int[] post = new int[n - 1];
        for (int e = 0; e < n - 1; e++) {
            post[e] = e + 1;
        }
        Wiring star = Wiring.of(n, pre, post, false);
        String[] leaves = new String[15];
        for (int e = 0; e < 15; e++) {
            leaves[e] = "a" + (char) ('b' + e);
        }
        assertEquals(binomial(59, 15).longValueExact(), new PatternSearch(star, drawn(16, false, leaves), TWO).count());
    }

    @Test
    void countsBeyond64BitsAreErrors() {
        int n = 100_000;
        int[] pre = new int[n - 1];
        int[] post = new int[n - 1];
        for (int e = 0; e < n - 1; e++) {
            post[e] = e + 1;
        }
        Wiring star = Wiring.of(n, pre, post, false);
        Pattern four = drawn(5, false, "ab", "ac", "ad", "ae");
        assertEquals(binomial(n - 1, 4).longValueExact(), new PatternSearch(star, four, Parallel.serial()).count());
        MesoException mappings =
                assertThrows(MesoException.class, () -> new PatternSearch(star, four, Parallel.serial()).mappings());
        assertEquals(ErrorCode.INTEGER_OVERFLOW, mappings.code());
        Pattern five = drawn(6, false, "ab", "ac", "ad", "ae", "af");
        MesoException count =
                assertThrows(MesoException.class, () -> new PatternSearch(star, five, Parallel.serial()).count());
        assertEquals(ErrorCode.INTEGER_OVERFLOW, count.code());
    }

    private static BigInteger binomial(int n, int k) {
        BigInteger result = BigInteger.ONE;
        for (int i = 1; i <= k; i++) {
            result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return result;
    }

    /** The search itself would take hours: it ends because it asks. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void cancellationReachesTheSearch(int threads) {
        Wiring graph = CensusTest.random(new Random(8), 400, 0.3, 0.3, false);
        String[] ring = {"ab", "bc", "cd", "de", "ef", "fg"};
        int[] asked = {0};
        Monitor stops = new Monitor() {
            @Override
            public void checkpoint() {
                if (++asked[0] == 20) {
                    throw new CancelledException();
                }
            }
        };
        assertThrows(
                CancelledException.class,
                () -> new PatternSearch(graph, drawn(7, true, ring), new Parallel(threads, stops)).count());
        assertEquals(20, asked[0], "asked again after it was stopped");
    }

    @Test
    void matchesComeInTheSameOrderAsForEach() {
        Wiring graph = CensusTest.random(new Random(9), 50, 0.2, 0.3, false);
        PatternSearch search = new PatternSearch(graph, DIAMOND, TWO);
        List<int[]> seen = new ArrayList<>();
        search.forEach(match -> seen.add(match.clone()));
        assertArrayEquals(seen.toArray(int[][]::new), search.find(Long.MAX_VALUE));
        // The representative of a match is its smallest mapping.
        seen.sort(Comparator.comparing(Arrays::toString));
        assertTrue(seen.stream().allMatch(m -> m[1] < m[2]));
    }
}
