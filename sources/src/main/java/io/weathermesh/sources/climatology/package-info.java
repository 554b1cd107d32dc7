/** The embedded source: what is usual at a point, season and hour, interpolated from monthly means. */
@NullMarked
package io.weathermesh.sources.climatology;

import org.jspecify.annotations.NullMarked;
