package io.weathermesh.aggregator.rest;

import io.grpc.Status;
import java.time.Duration;

/** One call to a provider, its status and its duration. */
record RecordedCall(String provider, Status.Code code, Duration took) {}
