package dev.meso.runtime.plot;

import java.nio.charset.StandardCharsets;

/** A finished picture of a value. Immutable. */
public final class Plot {
    private final String kind;
    private final String title;
    private final String about;
    private final Scene scene;

    Plot(String kind, String title, String about, Scene scene) {
        this.kind = kind;
        this.title = title;
        this.about = about;
        this.scene = scene;
    }

    /** One word, "comparison", "matrix", …; fit for the name of a file. */
    public String kind() {
        return kind;
    }

    public String title() {
        return title;
    }

    /** One sentence: what is seen. */
    public String about() {
        return about;
    }

    /** An SVG file on white paper; its bytes are the same on every machine. */
    public byte[] svg() {
        return SvgPicture.of(scene, title, false).getBytes(StandardCharsets.UTF_8);
    }

    /** An SVG element for an HTML page that defines the CSS variables ink, muted, grid and paper. */
    public String svgInPage() {
        return SvgPicture.of(scene, title, true);
    }

    /** A PNG file with two pixels for each unit of the SVG file. */
    public byte[] png() {
        return PngPicture.of(scene);
    }
}
