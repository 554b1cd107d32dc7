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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Gives the errors that the server itself makes, down to malformed HTTP, the same form as ours. */
final class ErrorPages implements ServerErrorHandler {
    private final MeterRegistry meters;

    ErrorPages(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable failure) {
        if (failure instanceof HttpStatusException) {
            return null; // Has a status and no more: renderStatus makes the page.
        }
        if (failure instanceof RequestTimeoutException) {
            return ProblemDetails.of(ProblemType.NOT_READY, "The request took too long.")
                    .retryable()
                    .response()
                    .toHttpResponse();
        }
        return Failures.answer(context, failure);
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        // Nothing else hears of it: it never becomes a request.
        Counter.builder("gateway.requests.malformed")
                .description("requests that were refused before they could be read, by status")
                .tag("status", Integer.toString(status.code()))
                .register(meters)
                .increment();
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
        ProblemDetails problem =
                switch (status.code()) {
                    case 404 -> ProblemDetails.of(ProblemType.NO_SUCH_ROUTE, "Try /v1/weather/vienna, or see /docs.");
                    case 405 ->
                        ProblemDetails.of(
                                        ProblemType.METHOD_NOT_ALLOWED,
                                        "Methods that are taken: " + OfferedMethods.ANYWHERE + ".")
                                .allowing(OfferedMethods.ANYWHERE);
                    case 413, 414, 431 ->
                        ProblemDetails.of(ProblemType.REQUEST_TOO_LARGE, status, "Ask for less at a time.");
                    case 415 -> ProblemDetails.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
                    case 503 ->
                        ProblemDetails.of(ProblemType.NOT_READY, "Try again.").retryable();
                    default ->
                        status.isServerError()
                                ? ProblemDetails.of(ProblemType.INTERNAL, status, "The request is not to blame.")
                                : ProblemDetails.of(ProblemType.MALFORMED_REQUEST, status, "It cannot be read.");
                };
        return problem.response();
    }
}
