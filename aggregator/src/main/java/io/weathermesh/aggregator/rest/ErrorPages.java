package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** Gives the errors that the server itself makes, down to malformed HTTP, the same form as ours. */
final class ErrorPages implements ServerErrorHandler {
    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable failure) {
        if (failure instanceof HttpStatusException) {
            return null; // Has a status and no more: renderStatus makes the page.
        }
        if (failure instanceof RequestTimeoutException) {
            return Problem.of(ProblemType.NOT_READY, "The request took too long.")
                    .retryable()
                    .response()
                    .toHttpResponse();
        }
        return Failures.problem(failure).response().toHttpResponse();
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return page(status);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return page(status);
    }

    private static AggregatedHttpResponse page(HttpStatus status) {
        Problem problem =
                switch (status.code()) {
                    case 404 -> Problem.of(ProblemType.NO_SUCH_ROUTE, "Try /v1/weather/vienna, or see /docs.");
                    case 405 ->
                        Problem.of(
                                        ProblemType.METHOD_NOT_ALLOWED,
                                        "Methods that are taken: " + OfferedMethods.ANYWHERE + ".")
                                .allowing(OfferedMethods.ANYWHERE);
                    case 413, 414, 431 -> Problem.of(ProblemType.REQUEST_TOO_LARGE, status, "Ask for less at a time.");
                    case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
                    case 503 -> Problem.of(ProblemType.NOT_READY, "Try again.").retryable();
                    default ->
                        status.isServerError()
                                ? Problem.of(ProblemType.INTERNAL, status, "The request is not to blame.")
                                : Problem.of(ProblemType.MALFORMED_REQUEST, status, "It cannot be read.");
                };
        return problem.response();
    }
}
