/**
 * How fast Meso is: JMH benchmarks of the kernels beside their plain twins, whole scripts beside what peers need, and how
 * census and sampler grow. {@code bench/run} measures everything and writes a Markdown table.
 */
package dev.meso.bench;
