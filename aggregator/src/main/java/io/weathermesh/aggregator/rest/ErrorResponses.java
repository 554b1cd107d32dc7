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

/** Failures as problems that a client can act on. Logs internal errors only. */
final class ErrorResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    private ErrorResponses() {}

    /** The response to a request that failed; the failure becomes part of the request's record. */
    static HttpResponse of(ServiceRequestContext context, Throwable failure) {
        RequestRecord.of(context).ifPresent(record -> record.failedWith(failure));
        return problem(failure).response().toHttpResponse();
    }

    private static ProblemDetails problem(Throwable failure) {
        Throwable cause = Exceptions.peel(failure);
        if (cause instanceof ProblemException refused) {
            return refused.problem();
        }
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
        if (cause instanceof ContentTooLargeException) {
            return ProblemDetails.of(ProblemType.REQUEST_TOO_LARGE, "Send a smaller request.");
        }
        LOG.error("internal error in a request: {}", Status.fromThrowable(cause).getCode(), cause);
        return ProblemDetails.of(ProblemType.INTERNAL, "This is not caused by your request.");
    }
}
