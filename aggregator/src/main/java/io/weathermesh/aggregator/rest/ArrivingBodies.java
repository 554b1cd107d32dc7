package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for the bodies of requests. While a body arrives, its request takes no place from those in flight: they are as
 * many as can be answered in time, and whoever sends slowly would hold them up.
 */
final class ArrivingBodies {
    /** A body is here within some round trips, so this is hundreds of batches a second. They hold 4 MiB at most. */
    static final int MAX_ARRIVING = 64;

    private final Shedding shedding;
    private final Duration longest;
    private final AtomicInteger arriving;

    /** @param longest what a body may take to arrive */
    ArrivingBodies(Shedding shedding, Duration longest, MeterRegistry meters) {
        this.shedding = shedding;
        this.longest = longest;
        arriving = meters.gauge("gateway.bodies.arriving", new AtomicInteger());
    }

    /**
     * The body when it is here; only then the time for the answer begins, and the request is in flight. Fails with a
     * {@link RefusedException} where too many bodies arrive or too many requests are in flight.
     */
    CompletableFuture<byte[]> of(ServiceRequestContext context, HttpRequest request) {
        if (arriving.incrementAndGet() > MAX_ARRIVING) {
            arriving.decrementAndGet();
            return CompletableFuture.failedFuture(shedding.refuse());
        }
        context.clearRequestTimeout();
        Future<?> patience = context.eventLoop()
                .withoutContext()
                .schedule(() -> tooSlow(context, request), longest.toMillis(), TimeUnit.MILLISECONDS);
        return request.aggregate().handle((body, failure) -> {
            arriving.decrementAndGet();
            patience.cancel(false);
            if (failure != null) {
                throw incomplete(Exceptions.peel(failure));
            }
            shedding.enter(context);
            context.setRequestTimeoutMillis(
                    TimeoutMode.SET_FROM_NOW, context.config().requestTimeoutMillis());
            return body.content().array();
        });
    }

    private static void tooSlow(ServiceRequestContext context, HttpRequest request) {
        var unused = context.initiateConnectionShutdown(); // What comes yet is not to be taken for the next request.
        request.abort(MalformedBodyException.late());
    }

    private static RuntimeException incomplete(Throwable cause) {
        return cause instanceof ContentTooLargeException || cause instanceof MalformedBodyException
                ? (RuntimeException) cause
                : new MalformedBodyException("The body did not arrive whole.");
    }
}
