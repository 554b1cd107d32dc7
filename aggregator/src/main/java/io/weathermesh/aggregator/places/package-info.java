/** The places that people ask for, by name. */
@NullMarked
package io.weathermesh.aggregator.places;

import org.jspecify.annotations.NullMarked;
