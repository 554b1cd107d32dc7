/** What the weather at a place is: both providers asked in parallel, their answers put together. Knows no HTTP. */
@NullMarked
package io.weathermesh.aggregator.weather;

import org.jspecify.annotations.NullMarked;
