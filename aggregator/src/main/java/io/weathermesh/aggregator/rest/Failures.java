package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.aggregator.weather.PlaceNotFoundException;
import io.weathermesh.aggregator.weather.ProvidersUnavailableException;
import io.weathermesh.aggregator.weather.StreamEndedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as a problem that a client can act on. Only a defect of ours is logged. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The answer to a request that failed, noted for the access log. */
    static HttpResponse answer(ServiceRequestContext context, Throwable failure) {
        RequestNotes.of(context).ifPresent(notes -> notes.failedBy(failure));
        return problem(failure).response().toHttpResponse();
    }

    private static ProblemDetails problem(Throwable failure) {
        Throwable cause = Exceptions.peel(failure);
        if (cause instanceof InvalidFieldException invalid) {
            return ProblemDetails.ofParameter(Parameters.nameOf(invalid.field()), invalid.description());
        }
        if (cause instanceof PlaceNotFoundException unknown) {
            return ProblemDetails.of(ProblemType.PLACE_NOT_FOUND, PlaceNotFoundException.EXPLANATION)
                    .suggesting(unknown.suggestions());
        }
        if (cause instanceof ProvidersUnavailableException unavailable) {
            return ProblemDetails.of(ProblemType.PROVIDERS_UNAVAILABLE, ProvidersUnavailableException.EXPLANATION)
                    .because(unavailable.problems())
                    .retryable();
        }
        if (cause instanceof StreamEndedException ended) {
            return ProblemDetails.of(ProblemType.NOT_READY, ended.explanation()).retryable();
        }
        if (cause instanceof RefusedException refused) {
            return refused.problem();
        }
        if (cause instanceof MalformedBodyException malformed) {
            return ProblemDetails.of(
                    ProblemType.MALFORMED_REQUEST, malformed.status(), String.valueOf(malformed.getMessage()));
        }
        if (cause instanceof ContentTooLargeException) {
            return ProblemDetails.of(ProblemType.REQUEST_TOO_LARGE, "Ask for less at a time.");
        }
        LOG.error(
                "a request failed by a defect: {}", Status.fromThrowable(cause).getCode(), cause);
        return ProblemDetails.of(ProblemType.INTERNAL, "The request is not to blame.");
    }
}
