package io.weathermesh.local.trials.bench;

import java.util.function.Supplier;

/**
 * A kind of request.
 *
 * @param request creates the next one, as its bytes on the wire; called by many threads
 * @param status of the expected response
 */
record RequestKind(String name, BenchServer server, Supplier<String> request, int status) {}
