/** Random streams addressed by seed, use and index. */
package dev.meso.runtime.random;
