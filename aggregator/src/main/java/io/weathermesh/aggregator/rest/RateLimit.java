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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets a client make so many requests a minute at this task, and tells it how many are left, in the header fields of the
 * IETF's draft (draft-ietf-httpapi-ratelimit-headers-10). What was not used up comes back evenly, so a client that keeps
 * to the rate is never refused. A client is an address of IPv4 or a network of 64 bits of IPv6, of which everybody has as
 * many addresses as there can be. Health checks are not counted. Of very many clients the least seen are forgotten.
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
    private final Cache<Network, Bucket> buckets;
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
        ConsumptionProbe probe =
                buckets.get(Network.of(client(context)), client -> bucket()).tryConsumeAndReturnRemaining(1);
        String left = "\"client\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset());
        context.mutateAdditionalResponseHeaders(
                headers -> headers.set(POLICY, policy).set(LEFT, left));
        if (probe.isConsumed()) {
            return delegate.serve(context, request);
        }
        return ProblemDetails.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "One client may make " + requestsPerMinute + " requests a minute.")
                .retryableAfter((int) Math.max(1, seconds(probe.getNanosToWaitForRefill())))
                .response()
                .toHttpResponse();
    }

    private InetAddress client(ServiceRequestContext context) {
        return RequestNotes.of(context).map(RequestNotes::client).orElseGet(() -> clients.of(context));
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

    /** What tells clients apart: the first 64 bits of an address of IPv6, or all of one of IPv4. */
    private record Network(boolean ofVersion6, long prefix) {
        static Network of(InetAddress client) {
            ByteBuffer bytes = ByteBuffer.wrap(client.getAddress());
            boolean ofVersion6 = client instanceof Inet6Address;
            return new Network(ofVersion6, ofVersion6 ? bytes.getLong() : bytes.getInt());
        }
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
