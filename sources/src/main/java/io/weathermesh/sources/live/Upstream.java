package io.weathermesh.sources.live;

import io.weathermesh.sources.Futures;
import io.weathermesh.sources.SourceFailedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The HTTP client of one live source. Whatever the source does, a call ends within its timeout with a response, a {@link
 * SourceFailedException}, or, if the source rejects the request, a {@link NoDataException}. Safe for use by many threads.
 */
final class Upstream {
    /** From the first byte sent to the last one received: no caller waits longer for a reading. */
    static final Duration MAX_CALL_TIME = Duration.ofSeconds(3);

    /** Status codes that reject this request but not others. */
    private static final Set<Integer> REJECTIONS = Set.of(400, 404, 422);

    private static final int NOT_MODIFIED = 304;
    private static final int THROTTLED = 429;
    private static final int UNAVAILABLE = 503;

    private final String source;
    private final URI base;
    private final String userAgent;
    private final HttpClient client;
    private final Clock clock;
    private final Duration timeout;

    /**
     * A response.
     *
     * @param modified false for 304: the cached response is still valid
     * @param body text; empty unless modified
     * @param expires when it becomes stale
     * @param lastModified value for the next If-Modified-Since, unchanged
     */
    record Response(boolean modified, String body, Optional<Instant> expires, Optional<String> lastModified) {}

    /** @param timeout of a whole call */
    Upstream(String source, URI base, String userAgent, HttpClient client, Clock clock, Duration timeout) {
        this.source = source;
        this.base = base;
        this.userAgent = userAgent;
        this.client = client;
        this.clock = clock;
        this.timeout = timeout;
    }

    CompletionStage<Response> get(String pathAndQuery, Optional<String> ifModifiedSince) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(timeout)
                .header("User-Agent", userAgent)
                .header("Accept", "application/json");
        ifModifiedSince.ifPresent(value -> request.header("If-Modified-Since", value));
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(request.build(), info -> new LimitedBody());
        // The request's own timeout covers the headers only, not the body.
        CompletableFuture<HttpResponse<String>> limited =
                call.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        return limited.handle((response, failure) -> {
            if (failure != null) {
                call.cancel(true);
                throw new SourceFailedException(
                        source, "failed: " + Futures.unwrap(failure).getClass().getSimpleName());
            }
            return check(response);
        });
    }

    /** Parses a response body; an exception becomes a failure of this source. */
    <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (SourceFailedException | NoDataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SourceFailedException(source, "returned an unreadable response");
        }
    }

    private Response check(HttpResponse<String> response) {
        int status = response.statusCode();
        Optional<String> retryAfter = response.headers().firstValue("Retry-After");
        if (status == THROTTLED) {
            throw new SourceFailedException(
                    source,
                    "throttles its callers",
                    Optional.of(RetryTime.afterThrottling(retryAfter, response.body(), clock.instant())));
        }
        if (status == UNAVAILABLE) {
            throw new SourceFailedException(source, "is unavailable", RetryTime.parse(retryAfter, clock.instant()));
        }
        if (REJECTIONS.contains(status)) {
            throw new NoDataException(source, "rejected the request with HTTP " + status);
        }
        boolean modified = status != NOT_MODIFIED;
        if (modified && (status < 200 || status > 299)) {
            throw new SourceFailedException(source, "returned HTTP " + status);
        }
        return new Response(
                modified,
                response.body(),
                response.headers().firstValue("Expires").flatMap(HttpDate::parse),
                response.headers().firstValue("Last-Modified"));
    }
}
