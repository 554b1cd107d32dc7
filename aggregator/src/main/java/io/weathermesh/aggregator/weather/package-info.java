/** The weather at a place: finds the place, and composes the readings of all providers. Knows no HTTP. */
@NullMarked
package io.weathermesh.aggregator.weather;

import org.jspecify.annotations.NullMarked;
