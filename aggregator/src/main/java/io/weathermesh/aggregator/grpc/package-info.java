/** Serves the contract {@code weather.v1} over gRPC. */
@NullMarked
package io.weathermesh.aggregator.grpc;

import org.jspecify.annotations.NullMarked;
