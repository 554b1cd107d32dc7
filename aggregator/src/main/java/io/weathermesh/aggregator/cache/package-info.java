/** Bounded caches with meters. */
@NullMarked
package io.weathermesh.aggregator.cache;

import org.jspecify.annotations.NullMarked;
