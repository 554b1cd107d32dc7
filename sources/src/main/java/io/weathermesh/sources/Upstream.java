package io.weathermesh.sources;

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
 * The HTTP side of one live source. A call takes no longer than it may, whatever the other side does, and ends in an
 * answer, a {@link SourceFailedException}, or a {@link NothingHereException} where the question is refused. Safe for use by many threads.
 */
final class Upstream {
    /** From the first byte sent to the last one read: nobody waits longer for a reading. */
    static final Duration LIMIT = Sources.LONGEST;

    /** Of the codes for a question that cannot be answered: another question may be. */
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 422);

    private static final int NOT_MODIFIED = 304;
    private static final int THROTTLED = 429;
    private static final int UNAVAILABLE = 503;

    private final String source;
    private final URI base;
    private final String userAgent;
    private final HttpClient client;
    private final Clock clock;
    private final Duration limit;

    /**
     * What came back.
     *
     * @param modified false for 304: the answer of last time holds
     * @param body text, empty unless modified
     * @param expires until when it holds
     * @param lastModified to be sent back next time, as it came
     */
    record Answer(boolean modified, String body, Optional<Instant> expires, Optional<String> lastModified) {}

    /** @param limit how long a call may take */
    Upstream(String source, URI base, String userAgent, HttpClient client, Clock clock, Duration limit) {
        this.source = source;
        this.base = base;
        this.userAgent = userAgent;
        this.client = client;
        this.clock = clock;
        this.limit = limit;
    }

    CompletionStage<Answer> get(String pathAndQuery, Optional<String> ifModifiedSince) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(limit)
                .header("User-Agent", userAgent)
                .header("Accept", "application/json");
        ifModifiedSince.ifPresent(value -> request.header("If-Modified-Since", value));
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(request.build(), info -> new LimitedBody());
        // The request's own timeout ends with the headers; half a body must not take longer either.
        CompletableFuture<HttpResponse<String>> limited =
                call.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        return limited.handle((response, failure) -> {
            if (failure != null) {
                call.cancel(true);
                throw new SourceFailedException(
                        source,
                        "cannot be read: "
                                + Failures.unwrapped(failure).getClass().getSimpleName());
            }
            return answer(response);
        });
    }

    /** Reads an answer's text; what cannot be read is this source's failure. */
    <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (SourceFailedException | NothingHereException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SourceFailedException(source, "answers what cannot be read");
        }
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        Optional<String> retryAfter = response.headers().firstValue("Retry-After");
        if (status == THROTTLED) {
            throw new SourceFailedException(
                    source,
                    "asks to be left alone",
                    Optional.of(Throttling.end(retryAfter, response.body(), clock.instant())));
        }
        if (status == UNAVAILABLE) {
            throw new SourceFailedException(source, "is unavailable", Throttling.told(retryAfter, clock.instant()));
        }
        if (REFUSALS.contains(status)) {
            throw new NothingHereException(source, "refuses the question with " + status);
        }
        boolean modified = status != NOT_MODIFIED;
        if (modified && (status < 200 || status > 299)) {
            throw new SourceFailedException(source, "answers " + status);
        }
        return new Answer(
                modified,
                response.body(),
                response.headers().firstValue("Expires").flatMap(HttpDate::parse),
                response.headers().firstValue("Last-Modified"));
    }
}
