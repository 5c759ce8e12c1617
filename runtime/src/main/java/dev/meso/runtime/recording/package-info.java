/**
 * Recordings of activity: frames x neurons with missing values and sampling times, contiguous splits, standardization on
 * the training part, and the baselines every model is compared with.
 */
package dev.meso.runtime.recording;
