/** Long work: split over threads so that results do not depend on them, watched, and stopped on request. */
package dev.meso.runtime.task;
