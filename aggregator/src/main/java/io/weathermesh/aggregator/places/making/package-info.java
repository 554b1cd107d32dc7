/** The build's part of the gazetteer: makes the indexes that the gateway loads. It is not in the gateway's jar. */
@NullMarked
package io.weathermesh.aggregator.places.making;

import org.jspecify.annotations.NullMarked;
