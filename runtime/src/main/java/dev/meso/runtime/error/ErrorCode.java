package dev.meso.runtime.error;

/**
 * Every mistake Meso explains, with its stable number. A number is never used again for something else; each has a page
 * {@code docs/errors/M….md}. Blocks: 01 syntax, 02 names and declarations, 03 units and types, 04 files and tables,
 * 05 graphs, 06 null models, 07 motifs, 08 evaluation, 09 running and stopping, 10 not yet.
 */
public enum ErrorCode {
    SYNTAX("M0101", "syntax"),
    UNKNOWN_NAME("M0201", "unknown name"),
    WRONG_UNIT("M0301", "wrong unit"),
    WRONG_TYPE("M0302", "wrong type"),
    FILE_NOT_FOUND("M0401", "file not found"),
    MALFORMED_TABLE("M0402", "malformed table"),
    UNKNOWN_COLUMN("M0403", "unknown column"),
    DUPLICATE_ID("M0501", "duplicate id"),
    UNKNOWN_NEURON("M0502", "edge to an unknown neuron"),
    EMPTY_GRAPH("M0503", "empty graph"),
    NO_SAMPLER("M0601", "null model without a uniform sampler"),
    IMPOSSIBLE_MOTIF("M0701", "motif that can never match"),
    NOT_A_NUMBER("M0801", "NaN where a number is needed"),
    INTEGER_OVERFLOW("M0802", "integer overflow"),
    CANCELLED("M0901", "cancelled"),
    RECURSION_TOO_DEEP("M0902", "recursion too deep"),
    NOT_YET("M1001", "not in this version");

    private final String number;
    private final String title;

    ErrorCode(String number, String title) {
        this.number = number;
        this.title = title;
    }

    /** The stable number, {@code M0401}. */
    public String number() {
        return number;
    }

    public String title() {
        return title;
    }
}
