package dev.meso.runtime.error;

/**
 * Every mistake Meso explains, with its stable number. A number is never used again for something else; each has a page
 * {@code docs/errors/M….md}. Blocks: 01 syntax, 02 names and declarations, 03 units and types, 04 files and tables,
 * 05 graphs, 06 null models, 07 motifs, 08 evaluation, 09 running and stopping, 10 not yet.
 */
public enum ErrorCode {
    SYNTAX("M0101", "syntax"),
    UNKNOWN_NAME("M0201", "unknown name"),
    DUPLICATE_NAME("M0202", "name defined twice"),
    NOT_MUTABLE("M0203", "assignment to a name that cannot change"),
    USED_BEFORE_DEFINITION("M0204", "name used before its definition"),
    VALUE_DROPPED("M0205", "value computed and dropped"),
    UNKNOWN_ARGUMENT("M0206", "unknown named argument"),
    DUPLICATE_ARGUMENT("M0207", "argument given twice"),
    MISSING_ARGUMENT("M0208", "missing argument"),
    TOO_MANY_ARGUMENTS("M0209", "too many arguments"),
    UNKNOWN_MEMBER("M0210", "unknown member"),
    MISPLACED_STATEMENT("M0211", "statement out of place"),
    UNKNOWN_CLAUSE("M0212", "unknown word in a declaration"),
    DUPLICATE_CLAUSE("M0213", "clause given twice"),
    MISSING_CLAUSE("M0214", "missing clause"),
    IMPORTED_TWICE("M0215", "name imported twice"),
    ARGUMENT_ORDER("M0216", "arguments out of order"),
    WRONG_UNIT("M0301", "wrong unit"),
    WRONG_TYPE("M0302", "wrong type"),
    UNKNOWN_UNIT("M0303", "unknown unit"),
    NOT_A_FUNCTION("M0304", "call of something that is no function"),
    WRONG_LENGTH("M0305", "lengths that do not match"),
    WRONG_VALUE("M0306", "value out of range"),
    FILE_NOT_FOUND("M0401", "file not found"),
    MALFORMED_TABLE("M0402", "malformed table"),
    UNKNOWN_COLUMN("M0403", "unknown column"),
    WRONG_FORMAT("M0404", "file format not supported"),
    FILE_ERROR("M0405", "file cannot be read or written"),
    DUPLICATE_ID("M0501", "duplicate id"),
    UNKNOWN_NEURON("M0502", "edge to an unknown neuron"),
    EMPTY_GRAPH("M0503", "empty graph"),
    INEXACT_ID("M0504", "ids that are not exact"),
    NO_SAMPLER("M0601", "null model without a uniform sampler"),
    UNKNOWN_STATISTIC("M0602", "unknown statistic"),
    CONFLICTING_STATISTICS("M0603", "statistics that contradict each other"),
    NO_ENCODING("M0604", "null model without a code"),
    NO_CLOSED_FORM("M0605", "expectation without a closed form"),
    INCOMPARABLE_LENGTHS("M0606", "description lengths of different encodings"),
    IMPOSSIBLE_MOTIF("M0701", "motif that can never match"),
    MOTIF_VARIABLE_WITHOUT_EDGE("M0702", "motif variable without an edge"),
    DISCONNECTED_MOTIF("M0703", "motif in several pieces"),
    MOTIF_TOO_LARGE("M0704", "motif with too many variables"),
    IDLE_CONDITION("M0705", "condition that mentions nothing of the motif"),
    WRONG_HOPS("M0706", "wrong number of hops"),
    NOT_A_NUMBER("M0801", "NaN where a number is needed"),
    INTEGER_OVERFLOW("M0802", "integer overflow"),
    OUT_OF_RANGE("M0803", "index out of range"),
    ASSERTION_FAILED("M0805", "assertion failed"),
    DIVISION_BY_ZERO("M0806", "division by zero"),
    USER_ERROR("M0807", "error raised by the program"),
    CANCELLED("M0901", "cancelled"),
    RECURSION_TOO_DEEP("M0902", "recursion too deep"),
    INTERNAL("M0903", "internal failure"),
    OUT_OF_MEMORY("M0904", "not enough memory"),
    TOO_LARGE("M0905", "work too large"),
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
