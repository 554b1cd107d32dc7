package io.weathermesh.aggregator.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits the requests of a client to this task per minute, and returns the requests left, in the header fields of the IETF's
 * draft (draft-ietf-httpapi-ratelimit-headers-10). The quota refills evenly, so a client that keeps to the rate is never
 * refused. Each request of a batch counts; health checks do not. With very many clients, those seen least are forgotten.
 */
final class RateLimit implements DecoratingHttpServiceFunction {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** About 300 bytes each; a forgotten client starts with its full quota. */
    private static final int MAX_CLIENTS = 20_000;

    private static final AsciiString POLICY = HttpHeaderNames.of("ratelimit-policy");
    private static final AsciiString REMAINING = HttpHeaderNames.of("ratelimit");
    private static final double NANOS_PER_SECOND = 1e9;

    private final int requestsPerMinute;
    private final ClientAddress clients;
    private final TimeMeter time;
    private final Cache<ClientNetwork, Bucket> buckets;
    private final String policy;

    RateLimit(int requestsPerMinute, ClientAddress clients, LongSupplier nanoTime) {
        this.requestsPerMinute = requestsPerMinute;
        this.clients = clients;
        time = new MonotonicTime(nanoTime);
        buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build();
        policy = "\"client\";q=" + requestsPerMinute + ";w=" + WINDOW.toSeconds();
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (Admission.of(context) == Admission.CHECK) {
            return delegate.serve(context, request);
        }
        ConsumptionProbe probe = bucketOf(context).tryConsumeAndReturnRemaining(1);
        addHeaders(context, probe);
        return probe.isConsumed()
                ? delegate.serve(context, request)
                : refusal(".", probe.getNanosToWaitForRefill()).response().toHttpResponse();
    }

    /**
     * Counts the requests of a batch, which has been counted as one. A batch that is larger than the whole quota counts as
     * the whole quota, or it could never be served.
     *
     * @throws ProblemException if the quota left is smaller
     */
    void charge(ServiceRequestContext context, int requests) {
        int counted = Math.min(requests, requestsPerMinute);
        if (counted <= 1) {
            return;
        }
        Bucket bucket = bucketOf(context);
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(counted - 1);
        addHeaders(context, probe);
        if (!probe.isConsumed()) {
            // All of them, since a retry is counted anew.
            long wait = bucket.estimateAbilityToConsume(counted).getNanosToWaitForRefill();
            throw new ProblemException(refusal(", and each request of a batch counts.", wait));
        }
    }

    private Bucket bucketOf(ServiceRequestContext context) {
        return buckets.get(clients.network(context), client -> bucket());
    }

    private void addHeaders(ServiceRequestContext context, ConsumptionProbe probe) {
        String remaining =
                "\"client\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset());
        context.mutateAdditionalResponseHeaders(
                headers -> headers.set(POLICY, policy).set(REMAINING, remaining));
    }

    private ProblemDetails refusal(String end, long nanosToWait) {
        return ProblemDetails.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "A client may make " + requestsPerMinute + " requests per minute" + end)
                .retryableAfter((int) Math.max(1, seconds(nanosToWait)));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requestsPerMinute).refillGreedy(requestsPerMinute, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }

    private static long seconds(long nanos) {
        return (long) Math.ceil(nanos / NANOS_PER_SECOND);
    }

    private record MonotonicTime(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
