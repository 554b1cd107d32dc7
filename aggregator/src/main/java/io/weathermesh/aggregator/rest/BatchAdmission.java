package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * Admits batches. A body that is still arriving is not in flight, since a slow client would hold up others; it is limited
 * in number, size and time instead. A complete batch is in flight, and each of its requests counts for the rate limit.
 *
 * <p>A batch of 100 places takes milliseconds to parse, look up and print, so that runs on a blocking executor and not on
 * the event loop that other requests wait for.
 */
final class BatchAdmission {
    /** A body arrives within a few round trips, so this is hundreds of batches a second. Together they hold 4 MiB at most. */
    static final int MAX_ARRIVING = 64;

    private final LoadShedding shedding;
    private final ObjIntConsumer<ServiceRequestContext> charge;
    private final Duration maxBodyTime;
    private final AtomicInteger arriving;

    /**
     * @param charge counts the requests of a batch, or throws a {@link ProblemException}
     * @param maxBodyTime the longest time for a body to arrive
     */
    BatchAdmission(
            LoadShedding shedding,
            ObjIntConsumer<ServiceRequestContext> charge,
            Duration maxBodyTime,
            MeterRegistry meters) {
        this.shedding = shedding;
        this.charge = charge;
        this.maxBodyTime = maxBodyTime;
        arriving = meters.gauge("gateway.bodies.arriving", new AtomicInteger());
    }

    <R> HttpResponse serve(ServiceRequestContext context, HttpRequest request, BatchService<R> service) {
        if (!isJson(request.headers())) {
            return ProblemDetails.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send application/json in UTF-8, without a content coding.")
                    .response()
                    .toHttpResponse();
        }
        Executor blocking = context.blockingTaskExecutor().withoutContext();
        return HttpResponse.of(body(context, request)
                .thenComposeAsync(
                        body -> {
                            List<R> requests = service.read(context, request, body);
                            charge.accept(context, requests.size());
                            return service.respond(context, requests);
                        },
                        blocking)
                .exceptionally(failure -> ErrorResponses.of(context, failure)));
    }

    /** The complete body. Only then the request is in flight, and the time for its response starts. */
    private CompletableFuture<byte[]> body(ServiceRequestContext context, HttpRequest request) {
        if (arriving.incrementAndGet() > MAX_ARRIVING) {
            arriving.decrementAndGet();
            return CompletableFuture.failedFuture(shedding.refuse());
        }
        context.clearRequestTimeout();
        Future<?> timeout = context.eventLoop()
                .withoutContext()
                .schedule(() -> abort(context, request), maxBodyTime.toMillis(), TimeUnit.MILLISECONDS);
        return request.aggregate().handle((body, failure) -> {
            arriving.decrementAndGet();
            timeout.cancel(false);
            if (failure != null) {
                throw incomplete(Exceptions.peel(failure));
            }
            shedding.enter(context);
            context.setRequestTimeoutMillis(
                    TimeoutMode.SET_FROM_NOW, context.config().requestTimeoutMillis());
            return body.content().array();
        });
    }

    private static void abort(ServiceRequestContext context, HttpRequest request) {
        var unused = context.initiateConnectionShutdown(); // The rest of the body must not be taken for a request.
        request.abort(ProblemException.malformedBody(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time."));
    }

    private static RuntimeException incomplete(Throwable cause) {
        return cause instanceof ContentTooLargeException || cause instanceof ProblemException
                ? (RuntimeException) cause
                : ProblemException.malformedBody(HttpStatus.BAD_REQUEST, "The body is incomplete.");
    }

    /** A content coding is refused too: a small body could become any size. */
    private static boolean isJson(RequestHeaders headers) {
        MediaType type = headers.contentType();
        return type != null
                && type.is(MediaType.JSON)
                && type.parameters().getOrDefault("charset", List.of()).stream().allMatch(BatchAdmission::isUtf8)
                && headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").equalsIgnoreCase("identity");
    }

    /** By name, since a look-up fails for a charset that does not exist. */
    private static boolean isUtf8(String charset) {
        return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
    }
}
