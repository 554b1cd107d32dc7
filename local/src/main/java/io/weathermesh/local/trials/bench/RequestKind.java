package io.weathermesh.local.trials.bench;

import java.util.function.Supplier;

/**
 * A kind of request.
 *
 * @param request makes the next one, as it goes over the wire; called by many threads
 * @param status that a good answer has
 */
record RequestKind(String name, BenchSystem.Served server, Supplier<String> request, int status) {}
