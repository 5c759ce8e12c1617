package dev.meso.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meso.runtime.plot.Plots;
import dev.meso.runtime.table.LongColumn;
import dev.meso.runtime.table.Table;
import dev.meso.runtime.table.TextColumn;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PageTest {
    private static String page() {
        Page page = new Page("Worm <1>");
        page.text("First & foremost.\n\n# Heading\nA line\nanother.");
        page.picture(Plots.census(Table.of("motif", TextColumn.of("null", "uni"), "count", LongColumn.of(3, 1)), ""));
        page.table(Table.of("id", LongColumn.range(100), "name", TextColumn.of(new String[100])), String::valueOf);
        page.record(List.of("a"), List.of("<b>"));
        page.steps(List.of("read: file x.csv"), "Made with Meso.");
        return page.html();
    }

    @Test
    void isWellFormedAndNeedsNothingElse() throws Exception {
        String html = page();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)));
        assertEquals("html", document.getDocumentElement().getTagName());
        assertFalse(
                html.contains("<script") || html.contains("src=") || html.contains("<link") || html.contains("url("));
        assertFalse(html.replace("http://www.w3.org/2000/svg", "").contains("://"));
        assertEquals(html, page());
    }

    @Test
    void longTablesShowTheirEndsAndCarryAllRows() {
        String html = page();
        assertTrue(html.contains("… 70 more rows …"));
        String data = html.substring(html.indexOf("base64,") + 7);
        String csv =
                new String(Base64.getDecoder().decode(data.substring(0, data.indexOf('"'))), StandardCharsets.UTF_8);
        assertEquals(101, csv.lines().count());
        assertTrue(csv.startsWith("id,name\n0,\n"), csv);
    }
}
