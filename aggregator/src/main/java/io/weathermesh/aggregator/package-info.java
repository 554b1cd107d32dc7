/** The weather-aggregator: the public gateway. */
@NullMarked
package io.weathermesh.aggregator;

import org.jspecify.annotations.NullMarked;
