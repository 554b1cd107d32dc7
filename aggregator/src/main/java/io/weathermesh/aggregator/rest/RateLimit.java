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
 * Lets a client make so many requests a minute at this task, and tells it how many are left, in the header fields of the
 * IETF's draft (draft-ietf-httpapi-ratelimit-headers-10). What was not used up comes back evenly, so a client that keeps
 * to the rate is never refused. Each question of a batch counts as a request. Health checks are not counted. Of very many
 * clients the least seen are forgotten.
 */
final class RateLimit implements DecoratingHttpServiceFunction {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Some 300 bytes each; a client that is forgotten begins anew. */
    private static final int MAX_CLIENTS = 20_000;

    private static final AsciiString POLICY = HttpHeaderNames.of("ratelimit-policy");
    private static final AsciiString LEFT = HttpHeaderNames.of("ratelimit");
    private static final double NANOS_PER_SECOND = 1e9;

    private final int requestsPerMinute;
    private final ClientAddress clients;
    private final TimeMeter time;
    private final Cache<ClientNetwork, Bucket> buckets;
    private final String policy;

    RateLimit(int requestsPerMinute, ClientAddress clients, LongSupplier nanoTime) {
        this.requestsPerMinute = requestsPerMinute;
        this.clients = clients;
        time = new GivenTime(nanoTime);
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
        if (HealthRoutes.isCheck(context)) {
            return delegate.serve(context, request);
        }
        ConsumptionProbe probe = bucketOf(context).tryConsumeAndReturnRemaining(1);
        tell(context, probe);
        return probe.isConsumed()
                ? delegate.serve(context, request)
                : refusal(".", probe.getNanosToWaitForRefill()).response().toHttpResponse();
    }

    /**
     * Counts the questions of a request that was let in as one. A batch of more than a client may ever ask at once counts
     * as that many, so that it can be answered at all.
     *
     * @throws RefusedException if they are more than the client may ask now
     */
    void charge(ServiceRequestContext context, int questions) {
        int counted = Math.min(questions, requestsPerMinute);
        if (counted <= 1) {
            return;
        }
        Bucket bucket = bucketOf(context);
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(counted - 1);
        tell(context, probe);
        if (!probe.isConsumed()) {
            // All of them: who comes again is let in anew.
            long wait = bucket.estimateAbilityToConsume(counted).getNanosToWaitForRefill();
            throw new RefusedException(refusal(", and each question of a batch is one.", wait));
        }
    }

    private Bucket bucketOf(ServiceRequestContext context) {
        return buckets.get(clients.network(context), client -> bucket());
    }

    private void tell(ServiceRequestContext context, ConsumptionProbe probe) {
        String left = "\"client\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset());
        context.mutateAdditionalResponseHeaders(
                headers -> headers.set(POLICY, policy).set(LEFT, left));
    }

    private ProblemDetails refusal(String end, long nanosToWait) {
        return ProblemDetails.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "One client may make " + requestsPerMinute + " requests a minute" + end)
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

    private record GivenTime(LongSupplier nanoTime) implements TimeMeter {
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
