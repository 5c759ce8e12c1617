package dev.meso.runtime.provenance;

/**
 * A file that was read.
 *
 * @param name as the user wrote it
 * @param bytes its size
 * @param sha256 of its bytes as they are on disk, in hexadecimal
 */
public record InputFile(String name, long bytes, String sha256) {}
