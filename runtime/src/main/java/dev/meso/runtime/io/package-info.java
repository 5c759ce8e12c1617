/**
 * Files: found beside the script and in data folders, read into tables, written to a temporary file and moved into place.
 * CSV and TSV have their own fast reader; Parquet and JSON go through DuckDB, which is loaded only for them.
 */
package dev.meso.runtime.io;
