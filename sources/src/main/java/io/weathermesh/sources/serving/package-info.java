/** Serves readings over gRPC: checks requests, limits and feeds streams, maps readings and failures to messages. */
@NullMarked
package io.weathermesh.sources.serving;

import org.jspecify.annotations.NullMarked;
