package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
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
import io.netty.handler.codec.DateFormatter;
import java.time.Clock;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Renders the errors of the server itself, down to malformed HTTP, as problems. */
final class ProblemErrorHandler implements ServerErrorHandler {
    private final MeterRegistry meters;
    private final Clock clock;

    ProblemErrorHandler(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable failure) {
        if (failure instanceof HttpStatusException) {
            return null; // Has a status only; renderStatus makes the response.
        }
        if (failure instanceof RequestTimeoutException) {
            return ProblemDetails.of(ProblemType.NOT_READY, "The request took too long.")
                    .retryable()
                    .response()
                    .toHttpResponse();
        }
        return ErrorResponses.of(context, failure);
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        // Counted here, since it never becomes a request.
        Counter.builder("gateway.requests.malformed")
                .description("requests refused before they could be parsed, by status")
                .tag("status", Integer.toString(status.code()))
                .register(meters)
                .increment();
        // The server adds the date to the responses to requests only, but it must be in all (RFC 9110, section 6.6.1).
        AggregatedHttpResponse response = problem(status).response();
        return AggregatedHttpResponse.of(
                response.headers().toBuilder()
                        .set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(clock.instant())))
                        .build(),
                response.content());
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return problem(status).response();
    }

    private static ProblemDetails problem(HttpStatus status) {
        return switch (status.code()) {
            case 404 -> ProblemDetails.of(ProblemType.NO_SUCH_ROUTE, "Try /v1/weather/vienna, or see /docs.");
            case 405 -> ProblemDetails.ofMethods(AllowedMethods.ANYWHERE);
            case 413, 414, 431 -> ProblemDetails.of(ProblemType.REQUEST_TOO_LARGE, status, "Send a smaller request.");
            case 415 -> ProblemDetails.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
            case 503 -> ProblemDetails.of(ProblemType.NOT_READY, "Try again.").retryable();
            default ->
                status.isServerError()
                        ? ProblemDetails.of(ProblemType.INTERNAL, status, "This is not caused by your request.")
                        : ProblemDetails.of(ProblemType.MALFORMED_REQUEST, status, "The request could not be parsed.");
        };
    }
}
