/** Readings and their sources: the types that the climatology, the live sources and the serving of gRPC calls share. */
@NullMarked
package io.weathermesh.sources;

import org.jspecify.annotations.NullMarked;
