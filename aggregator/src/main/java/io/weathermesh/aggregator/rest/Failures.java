package io.weathermesh.aggregator.rest;

import io.grpc.Status;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.aggregator.weather.PlaceNotFoundException;
import io.weathermesh.aggregator.weather.ProvidersUnavailableException;
import io.weathermesh.aggregator.weather.StreamEndedException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as a problem that a client can act on. Only a defect of ours is logged. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Problem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof InvalidFieldException invalid) {
            return Problem.ofParameter(Parameters.nameOf(invalid.field()), invalid.complaint());
        }
        if (cause instanceof PlaceNotFoundException unknown) {
            return Problem.of(ProblemType.PLACE_NOT_FOUND, PlaceNotFoundException.EXPLANATION)
                    .suggesting(unknown.suggestions());
        }
        if (cause instanceof ProvidersUnavailableException unavailable) {
            return Problem.of(ProblemType.PROVIDERS_UNAVAILABLE, ProvidersUnavailableException.EXPLANATION)
                    .because(unavailable.problems())
                    .retryable();
        }
        if (cause instanceof StreamEndedException ended) {
            return Problem.of(ProblemType.NOT_READY, ended.explanation()).retryable();
        }
        LOG.error(
                "a request failed by a defect: {}", Status.fromThrowable(cause).getCode(), cause);
        return Problem.of(ProblemType.INTERNAL, "The request is not to blame.");
    }
}
