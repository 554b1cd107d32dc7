package io.weathermesh.local.trials.chaos;

import com.google.gson.JsonObject;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.Exceptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests to the gateway at a steady rate in an open loop, each for another place, so that no cache can hide a
 * fault.
 */
final class RequestLoad {
    /** Longer than the gateway takes for any response. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

    /** Places are on a spiral with steps of the golden angle, on which no place repeats. */
    private static final double LONGITUDE_STEP = 137.508;

    private static final double LATITUDE_STEP = 0.0137;
    private static final double LATITUDES = 120;
    private static final double TEN_THOUSANDTHS = 1e4;

    /**
     * All requests share one connection, as those of a browser do. With a connection for each, a stall of the machine
     * would open thousands of them, which would keep it busy.
     */
    private static final SessionProtocol PROTOCOL = SessionProtocol.H2C;

    /** With this many requests in flight, further ones are not sent and count as failed. */
    private static final int MAX_IN_FLIGHT = 2_000;

    private final WebClient client;
    private final ResponseChecker checker;
    private final ResponseTally tally;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();

    RequestLoad(int port, ResponseChecker checker, ResponseTally tally) {
        ClientFactory.disableShutdownHook();
        client = WebClient.builder(PROTOCOL.uriText() + "://127.0.0.1:" + port)
                .responseTimeout(RESPONSE_TIMEOUT)
                .build();
        this.checker = checker;
        this.tally = tally;
    }

    ScheduledFuture<?> start(ScheduledExecutorService thread, int rate) {
        return thread.scheduleAtFixedRate(this::send, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
    }

    int inFlight() {
        return inFlight.get();
    }

    private void send() {
        int next = number.getAndIncrement();
        double latitude = rounded((next * LATITUDE_STEP) % LATITUDES - LATITUDES / 2);
        double longitude = rounded((next * LONGITUDE_STEP) % 360 - 180);
        tally.sent();
        if (inFlight.get() >= MAX_IN_FLIGHT) {
            tally.failed("too many in flight");
            return;
        }
        inFlight.incrementAndGet();
        long start = System.nanoTime();
        String path = String.format(Locale.ROOT, "/v1/weather?latitude=%.4f&longitude=%.4f", latitude, longitude);
        var unused = client.get(path).aggregate().whenComplete((response, failure) -> {
            try {
                if (failure != null) {
                    tally.failed(Exceptions.peel(failure).getClass().getSimpleName());
                } else {
                    check(response, latitude, longitude, start);
                }
            } catch (RuntimeException e) {
                // The body cannot be parsed.
                tally.wrong("not a response of the contract: " + response.contentUtf8());
            } finally {
                inFlight.decrementAndGet();
            }
        });
    }

    private void check(AggregatedHttpResponse response, double latitude, double longitude, long start) {
        long now = System.nanoTime();
        if (response.status().code() != 200) {
            tally.failed(response.status().codeAsText());
            return;
        }
        Optional<JsonObject> json = ResponseChecker.parse(response.contentUtf8());
        if (json.isEmpty() || !json.get().has("status")) {
            tally.wrong("not a response of the contract: " + response.contentUtf8());
        } else if (!json.get().get("status").getAsString().equals("STATUS_COMPLETE")) {
            tally.failed("partial");
        } else {
            checker.errorIn(json.get(), latitude, longitude)
                    .ifPresentOrElse(tally::wrong, () -> tally.good(now, now - start));
        }
    }

    private static double rounded(double degrees) {
        return Math.rint(degrees * TEN_THOUSANDTHS) / TEN_THOUSANDTHS;
    }
}
