/**
 * Mesoscale models of tissue: functional modules on receptive fields, their assignment to neurons, fitting and rollouts
 * (Dean et al., the model class; docs/design/mesoscale.md, how the code is cut).
 */
package dev.meso.runtime.mesoscale;
