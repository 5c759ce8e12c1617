/** Mesoscale models: terms of losses, fits and rollouts. */
package dev.meso.language.builtin.models;
