/** The providers: their contracts, the calls to them, and the caches in front of these. Knows no HTTP. */
@NullMarked
package io.weathermesh.aggregator.providers;

import org.jspecify.annotations.NullMarked;
