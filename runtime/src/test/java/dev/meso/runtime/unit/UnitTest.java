package dev.meso.runtime.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitTest {
    private static Quantity q(double value, String unit) {
        return new Quantity(value, Unit.parse(unit));
    }

    @Test
    void everyUnitOfTheLanguageIsThere() {
        String all = "m cm mm um nm s ms us min h Hz kHz V mV uV A nA pA S mS uS nS pS F uF nF pF Ohm kOhm MOhm GOhm "
                + "M mM uM nM deg rad nats bits";
        assertEquals(sorted(List.of(all.split(" "))), sorted(Unit.names()));
        for (String name : Unit.names()) {
            assertSame(Unit.ofName(name), Unit.parse(name));
            assertEquals(name, Unit.parse(name).symbol());
        }
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    @Test
    void factorsAreSi() {
        assertEquals(1e-6, Unit.parse("um").factor());
        assertEquals(60.0, Unit.parse("min").factor());
        assertEquals(3600.0, Unit.parse("h").factor());
        assertEquals(1e-3, Unit.parse("uM").factor());
        assertEquals(1e-2, Unit.parse("uF/cm^2").factor(), 1e-18);
        assertEquals(Math.PI, q(180, "deg").in(Unit.parse("rad")), 1e-15);
        assertEquals(Math.log(2), q(1, "bits").in(Unit.parse("nats")));
    }

    @Test
    void convertsPrefixesExactly() {
        assertEquals(1.0, q(1000, "nm").in(Unit.parse("um")));
        assertEquals(0.3, q(300, "us").in(Unit.parse("ms")));
        assertEquals(1e4, q(1, "cm").in(Unit.parse("um")));
        assertEquals(0.5, q(30, "min").in(Unit.parse("h")));
    }

    @Test
    void readsAndWrites() {
        for (String text : List.of("uF/cm^2", "um/s", "1/s", "mV/ms", "A*s", "um^2", "1/s/um")) {
            assertEquals(text, Unit.parse(text).symbol());
        }
        assertEquals("um", Unit.parse("\u00b5m").symbol());
        assertEquals("um", Unit.parse("\u03bcm").symbol());
        assertEquals("1/um^2", Unit.parse("um^-2").symbol());
        assertEquals("", Unit.parse("1").symbol());
    }

    @Test
    void equalWhereTheyMeanTheSame() {
        assertEquals(Unit.parse("1/s"), Unit.parse("Hz"));
        assertEquals(Unit.parse("Ohm"), Unit.parse("V/A"));
        assertEquals(Unit.parse("S"), Unit.parse("1/Ohm"));
        assertEquals(Unit.parse("F"), Unit.parse("A*s/V"));
        assertNotEquals(Unit.parse("rad"), Unit.parse("nats"));
        assertEquals(Unit.parse("1/s").hashCode(), Unit.parse("Hz").hashCode());
    }

    @Test
    void addsInTheUnitOfTheLeft() {
        assertEquals(q(1.5, "ms"), q(1, "ms").plus(q(500, "us")));
        assertEquals(q(0.5, "um"), q(1, "um").minus(q(500, "nm")));
        MesoException e = assertThrows(MesoException.class, () -> q(1, "ms").plus(q(1, "um")));
        assertEquals(ErrorCode.WRONG_UNIT, e.code());
        assertEquals("cannot add ms and um", e.getMessage());
        assertEquals(List.of("ms is a time, um is a length"), e.notes());
        assertThrows(MesoException.class, () -> Quantity.of(1).plus(q(1, "um")));
    }

    @Test
    void multipliesAndCancels() {
        assertEquals(q(6, "um^2"), q(2, "um").times(q(3, "um")));
        assertEquals(Quantity.of(2000), q(1, "s").times(q(2, "kHz")));
        assertEquals(Quantity.of(4), q(2, "mm").dividedBy(q(500, "um")));
        assertEquals("um/ms", q(2, "um").dividedBy(q(1, "ms")).unit().symbol());
        assertSame(Unit.ONE, q(2, "um").dividedBy(q(1, "um")).unit());
        assertSame(Unit.parse("um"), q(2, "um^2").dividedBy(q(1, "um")).unit());
        assertEquals(
                q(5, "V"),
                new Quantity(5, Unit.parse("A*Ohm").times(Unit.ONE))
                        .plus(q(0, "V"))
                        .times(1));
    }

    @Test
    void repeatedProductsAreTheSameUnit() {
        Unit um = Unit.parse("um");
        assertSame(um.times(um), um.times(um));
    }

    @Test
    void suggestsNearUnits() {
        MesoException e = assertThrows(MesoException.class, () -> Unit.parse("sec"));
        assertEquals(ErrorCode.UNKNOWN_UNIT, e.code());
        assertEquals("there is no unit 'sec'", e.getMessage());
        assertTrue(assertThrows(MesoException.class, () -> Unit.parse("hz"))
                .notes()
                .get(0)
                .startsWith("did you mean 'Hz'"));
        assertThrows(MesoException.class, () -> Unit.parse("um^x"));
        assertThrows(MesoException.class, () -> Unit.parse("um/"));
        assertThrows(MesoException.class, () -> Unit.parse(""));
    }
}
