/**
 * Files: found beside the script and in data folders, read into tables, written to a temporary file and moved into place.
 * CSV and TSV have their own fast reader; Parquet and JSON go through DuckDB and feather files through Arrow, each loaded
 * only for them.
 */
package dev.meso.runtime.io;
