/** The gRPC edge: the contract {@code weather.v1} inside the mesh. What the weather is, it asks the desk. */
@NullMarked
package io.weathermesh.aggregator.grpc;

import org.jspecify.annotations.NullMarked;
