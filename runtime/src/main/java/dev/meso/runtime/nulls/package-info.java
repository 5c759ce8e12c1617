/**
 * Null models: random graphs that keep chosen statistics of an observed one and are otherwise as random as can be. One
 * file a model ({@link dev.meso.runtime.nulls.NullModel}), one line each in {@link dev.meso.runtime.nulls.NullModels};
 * {@link dev.meso.runtime.nulls.Ensemble} draws from them. How to add one: {@code docs/how-to-add-a-null-model.md}.
 */
package dev.meso.runtime.nulls;
