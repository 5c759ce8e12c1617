package dev.meso.language.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import dev.meso.language.MesoContext;
import dev.meso.language.builtin.Builtin;
import dev.meso.language.builtin.Builtin.Kind;
import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.io.Storage;
import dev.meso.runtime.plot.Plot;
import java.io.IOException;

/** A picture of a value. Dropped, or typed into the REPL, it is shown: written into the folder {@code plots}. */
public final class PlotValue extends MesoValue {
    private static final String FOLDER = "plots";

    private final Plot plot;
    private final Object provenance;
    private final String file;

    /**
     * @param provenance that of the value shown, or null
     * @param file where it was written already, or null
     */
    public PlotValue(Plot plot, Object provenance, String file) {
        this.plot = plot;
        this.provenance = provenance;
        this.file = file;
    }

    public Plot plot() {
        return plot;
    }

    @Override
    public Object provenance() {
        return provenance;
    }

    /** Writes the picture to the next file of the folder {@code plots} and prints its path, unless it has a file already. */
    @TruffleBoundary
    public void show(MesoContext context) {
        if (file != null) {
            return;
        }
        context.files().makeFolder(FOLDER);
        String name = FOLDER + "/" + context.nextPicture() + "-" + plot.kind() + ".svg";
        write(context.files(), name, plot.svg());
        context.printLine("plot: " + name);
    }

    /** A complete file or none. */
    @TruffleBoundary
    public static void write(Storage storage, String name, byte[] bytes) {
        try (Storage.Output output = storage.create(name)) {
            output.stream().write(bytes);
            output.commit();
        } catch (IOException e) {
            throw new MesoException(ErrorCode.FILE_ERROR, name + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public Members members() {
        return Holder.MEMBERS;
    }

    private static final class Holder {
        static final Members MEMBERS = Members.of(PlotValue.class)
                .property("title", Kind.TEXT, "its heading", p -> p.plot.title())
                .property("about", Kind.TEXT, "what is seen, in one sentence", p -> p.plot.about())
                .property(
                        "file",
                        Kind.ANY,
                        "where plot wrote it; none where it did not",
                        p -> p.file == null ? NoneValue.NONE : p.file)
                .property(
                        "svg",
                        Kind.TEXT,
                        "the picture as SVG text",
                        p -> new String(p.plot.svg(), java.nio.charset.StandardCharsets.UTF_8))
                .method(Builtin.named("show")
                        .about(
                                "Writes the picture to the next file of the folder plots, 1-comparison.svg and so on, and prints"
                                        + " its path; one that has a file keeps it.")
                        .parameter("self", Kind.ANY, "the picture")
                        .returns(Kind.NONE, "nothing")
                        .runs(call -> {
                            PlotValue self = call.value(0, PlotValue.class, "a plot");
                            self.show(call.context());
                            return NoneValue.NONE;
                        }))
                .end();
    }

    @Override
    public String kind() {
        return "plot";
    }

    @Override
    public String text() {
        return "plot of " + plot.about() + (file == null ? "" : ", in " + file);
    }
}
