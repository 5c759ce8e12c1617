package dev.meso.runtime.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.unit.Quantity;
import dev.meso.runtime.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Tables against lists of rows. */
class TableProperties {
    record Row(Long k, String name, Double x) {}

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Long> keys = Arbitraries.longs().between(-2, 2).injectNull(0.2);
        Arbitrary<String> names = Arbitraries.of("a", "b", "B", "").injectNull(0.2);
        Arbitrary<Double> numbers =
                Arbitraries.integers().between(-8, 8).map(i -> i / 4.0).injectNull(0.2);
        return Combinators.combine(keys, names, numbers).as(Row::new).list().ofMaxSize(30);
    }

    private static Table table(List<Row> rows) {
        long[] missingKeys = new long[1];
        long[] missingNumbers = new long[1];
        long[] keys = new long[rows.size()];
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < keys.length; i++) {
            Row r = rows.get(i);
            missingKeys[0] |= r.k == null ? 1L << i : 0;
            missingNumbers[0] |= r.x == null ? 1L << i : 0;
            keys[i] = r.k == null ? 0 : r.k;
            numbers[i] = r.x == null ? 0 : r.x;
        }
        return Table.of(
                List.of("k", "name", "x"),
                List.of(
                        LongColumn.of(keys, missingKeys, Unit.ONE),
                        TextColumn.of(rows.stream().map(Row::name).toArray(String[]::new)),
                        DoubleColumn.of(numbers, missingNumbers, Unit.ONE)));
    }

    private static List<Row> rows(Table t) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < t.rows(); i++) {
            rows.add(new Row(
                    (Long) t.column("k").value(i), (String) t.column("name").value(i), (Double)
                            t.column("x").value(i)));
        }
        return rows;
    }

    @Property(tries = 300)
    void sortsStablyWithMissingLast(@ForAll("rows") List<Row> rows, @ForAll boolean down) {
        Comparator<Long> byKey = down ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<Row> expected = new ArrayList<>(rows);
        expected.sort(Comparator.comparing(Row::k, Comparator.nullsLast(byKey))
                .thenComparing(Row::name, Comparator.nullsLast(Comparator.naturalOrder())));
        Table sorted = table(rows).sort(List.of(new SortKey("k", down), SortKey.ascending("name")));
        assertEquals(expected, rows(sorted));
    }

    @Property(tries = 300)
    void filtersAndSelects(@ForAll("rows") List<Row> rows) {
        Table t = table(rows);
        List<Row> positive = rows.stream().filter(r -> r.x != null && r.x > 0).toList();
        assertEquals(positive, rows(t.filter(Elementwise.compare(Relation.GREATER, t.column("x"), 0L))));
        assertEquals(positive, rows(t.where(i -> rows.get(i).x != null && rows.get(i).x > 0)));
        int[] backwards = new int[rows.size()];
        Arrays.setAll(backwards, i -> rows.size() - 1 - i);
        List<Row> reversed = new ArrayList<>(rows);
        java.util.Collections.reverse(reversed);
        assertEquals(reversed, rows(t.select(backwards)));
        assertEquals(rows.subList(0, Math.min(3, rows.size())), rows(t.head(3)));
    }

    @Property(tries = 300)
    void groups(@ForAll("rows") List<Row> rows) {
        Map<List<Object>, List<Row>> expected = new LinkedHashMap<>();
        for (Row r : rows) {
            expected.computeIfAbsent(Arrays.asList(r.k, r.name), k -> new ArrayList<>())
                    .add(r);
        }
        Table g = table(rows)
                .group(
                        List.of("k", "name"),
                        List.of(
                                Aggregation.count("n"),
                                Aggregation.of("mean", "x", Aggregates::mean),
                                Aggregation.of("sum", "k", Aggregates::sum)));
        assertEquals(expected.size(), g.rows());
        int i = 0;
        for (Map.Entry<List<Object>, List<Row>> e : expected.entrySet()) {
            assertEquals(
                    e.getKey(),
                    Arrays.asList(g.column("k").value(i), g.column("name").value(i)));
            assertEquals((long) e.getValue().size(), g.column("n").value(i));
            double[] x = e.getValue().stream()
                    .filter(r -> r.x != null)
                    .mapToDouble(Row::x)
                    .toArray();
            assertEquals(
                    x.length == 0 ? null : (Object) (Arrays.stream(x).sum() / x.length),
                    g.column("mean").value(i));
            i++;
        }
    }

    @Property(tries = 200)
    void joins(@ForAll("rows") List<Row> left, @ForAll("rows") List<Row> right, @ForAll boolean all) {
        List<List<Object>> expected = new ArrayList<>();
        for (Row l : left) {
            boolean found = false;
            for (Row r : right) {
                if (l.k != null && l.k.equals(r.k)) {
                    expected.add(Arrays.asList(l.k, l.name, r.x));
                    found = true;
                }
            }
            if (!found && all) {
                expected.add(Arrays.asList(l.k, l.name, null));
            }
        }
        Table joined = table(left).join(table(right), "k", all);
        assertEquals(List.of("k", "name", "x", "name_2", "x_2"), joined.names());
        List<List<Object>> found = new ArrayList<>();
        for (int i = 0; i < joined.rows(); i++) {
            found.add(Arrays.asList(
                    joined.column("k").value(i),
                    joined.column("name").value(i),
                    joined.column("x_2").value(i)));
        }
        assertEquals(expected, found);
    }

    @Property(tries = 500)
    void arithmeticOfIntegersIsExactOrAnError(
            @ForAll("edges") List<Long> a, @ForAll("edges") List<Long> b, @ForAll Arithmetic operation) {
        int n = Math.min(a.size(), b.size());
        LongColumn x = (LongColumn) Column.of(withType(a.subList(0, n)));
        LongColumn y = (LongColumn) Column.of(withType(b.subList(0, n)));
        List<Object> expected = new ArrayList<>();
        boolean overflow = false;
        boolean zero = false;
        boolean negative =
                operation == Arithmetic.POWER && b.subList(0, n).stream().anyMatch(p -> p < 0);
        if (operation == Arithmetic.DIVIDE || negative) {
            return;
        }
        for (int i = 0; i < n; i++) {
            java.math.BigInteger p = java.math.BigInteger.valueOf(a.get(i));
            java.math.BigInteger q = java.math.BigInteger.valueOf(b.get(i));
            if (operation == Arithmetic.REMAINDER && b.get(i) == 0) {
                zero = true;
                break;
            }
            if (operation == Arithmetic.POWER && b.get(i) > 64 && !unit(p)) {
                overflow = true;
                break;
            }
            java.math.BigInteger r =
                    switch (operation) {
                        case ADD -> p.add(q);
                        case SUBTRACT -> p.subtract(q);
                        case MULTIPLY -> p.multiply(q);
                        case REMAINDER -> p.remainder(q);
                        case POWER ->
                            unit(p)
                                    ? p.pow(2 + (int) (b.get(i) % 2)).pow(b.get(i) == 0 ? 0 : 1)
                                    : p.pow((int) (long) b.get(i));
                        case DIVIDE -> throw new AssertionError();
                    };
            if (r.bitLength() > 63) {
                overflow = true;
                break;
            }
            expected.add(r.longValue());
        }
        if (overflow || zero) {
            MesoException e = assertThrows(MesoException.class, () -> Elementwise.apply(operation, x, y));
            assertEquals(overflow ? ErrorCode.INTEGER_OVERFLOW : ErrorCode.NOT_A_NUMBER, e.code());
            assertTrue(e.getMessage().contains("row " + expected.size()), e.getMessage());
        } else {
            Column result = Elementwise.apply(operation, x, y);
            for (int i = 0; i < n; i++) {
                assertEquals(expected.get(i), result.value(i));
            }
        }
    }

    /** -1, 0 or 1. */
    private static boolean unit(java.math.BigInteger p) {
        return p.abs().compareTo(java.math.BigInteger.ONE) <= 0;
    }

    @Provide
    Arbitrary<List<Long>> edges() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(-3, 3),
                        Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, -1L << 32, 3037000500L, 62L, 63L))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static List<Object> withType(List<Long> values) {
        return new ArrayList<>(values);
    }

    @Test
    void broadcastsWithUnits() {
        NumberColumn x = LongColumn.of(1000, 2500).withUnit(Unit.parse("nm"));
        NumberColumn sum = Elementwise.apply(Arithmetic.ADD, new Quantity(1, Unit.parse("um")), x);
        assertEquals("um", sum.unit().symbol());
        assertEquals(2.0, sum.value(0));
        assertEquals(3.5, sum.value(1));
        NumberColumn ratio = Elementwise.apply(Arithmetic.DIVIDE, x, new Quantity(1, Unit.parse("um")));
        assertEquals(Unit.ONE, ratio.unit());
        assertEquals(2.5, ratio.value(1));
        BooleanColumn far = Elementwise.compare(Relation.GREATER, x, new Quantity(2, Unit.parse("um")));
        assertEquals(1, far.count());
        MesoException e = assertThrows(
                MesoException.class, () -> Elementwise.apply(Arithmetic.ADD, x, new Quantity(1, Unit.parse("ms"))));
        assertEquals("cannot add nm and ms", e.getMessage());
        assertEquals("nm^2", Elementwise.apply(Arithmetic.POWER, x, 2L).unit().symbol());
        assertEquals(-1000L, Elementwise.negate(x).value(0));
        assertEquals("nm", Elementwise.negate(x).unit().symbol());
    }

    @Test
    void missingStaysMissing() {
        Column x = Column.of(Arrays.asList(1L, null, 3L));
        assertEquals(null, Elementwise.apply(Arithmetic.ADD, x, 1L).value(1));
        BooleanColumn big = Elementwise.compare(Relation.LESS, x, 9L);
        assertEquals(null, big.value(1));
        assertEquals(2, big.count());
        assertEquals(null, big.not().value(1));
        assertEquals(false, big.not().value(0));
        BooleanColumn no = BooleanColumn.of(false, false, false);
        assertEquals(false, big.and(no).value(1));
        assertEquals(null, big.or(no).value(1));
        assertEquals(true, big.or(no.not()).value(1));
        assertEquals(
                2,
                Elementwise.compare(Relation.EQUAL, TextColumn.of("a", null, "a"), "a")
                        .count());
    }

    @Test
    void aggregates() {
        NumberColumn x = (NumberColumn) Column.of(Arrays.asList(2.0, null, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
        assertEquals(5.0, Aggregates.mean(x));
        assertEquals(Math.sqrt(32.0 / 7), Aggregates.sd(x), 1e-15);
        assertEquals(4.5, Aggregates.median(x));
        // R: quantile(c(2,4,4,4,5,5,7,9), 0.9) is 7.6.
        assertEquals(7.6, Aggregates.quantile(x, 0.9), 1e-12);
        assertEquals(40.0, Aggregates.sum(x));
        assertEquals(8, Aggregates.count(x));
        assertEquals(2.0, Aggregates.min(x));
        assertEquals(9.0, Aggregates.max(x));
        assertEquals(2.0, Aggregates.sum(new double[] {1.0, 1e100, 1.0, -1e100}));
        assertEquals(0L, Aggregates.sum(LongColumn.of()));
        assertEquals(null, Aggregates.mean(LongColumn.of()));
        MesoException e =
                assertThrows(MesoException.class, () -> Aggregates.mean(DoubleColumn.of(1, Double.NaN, 2, Double.NaN)));
        assertEquals(ErrorCode.NOT_A_NUMBER, e.code());
        assertEquals("the mean needs numbers, but 2 of 4 are NaN", e.getMessage());
        assertEquals("the first in rows 1, 3 (counted from 0)", e.notes().get(0));
        assertEquals(
                ErrorCode.INTEGER_OVERFLOW,
                assertThrows(MesoException.class, () -> Aggregates.sum(LongColumn.of(Long.MAX_VALUE, 1)))
                        .code());
    }

    @Test
    void unknownColumnsAreExplained() {
        Table t = Table.of("segment_id", LongColumn.of(1), "axon_len", DoubleColumn.of(2));
        MesoException e = assertThrows(MesoException.class, () -> t.column("axonlen"));
        assertEquals(ErrorCode.UNKNOWN_COLUMN, e.code());
        assertEquals(List.of("did you mean 'axon_len'?", "the columns are segment_id, axon_len"), e.notes());
        assertThrows(MesoException.class, () -> Table.of("a", LongColumn.of(1), "b", LongColumn.of(1, 2)));
        assertThrows(MesoException.class, () -> Column.of(List.of(1L, "x")));
        assertEquals(List.of("axon_len"), t.without("segment_id").names());
        assertEquals(List.of("id", "axon_len"), t.rename("segment_id", "id").names());
    }
}
