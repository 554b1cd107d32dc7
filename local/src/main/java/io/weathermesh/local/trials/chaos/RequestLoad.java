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
 * Asks the gateway at a steady rate, whether it has answered or not, and each time of a place that nobody has asked for
 * before: no cache can hide a fault.
 */
final class RequestLoad {
    /** Longer than the gateway takes at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Places lie on a spiral: steps of the golden angle never meet a place again. */
    private static final double LONGITUDE_STEP = 137.508;

    private static final double LATITUDE_STEP = 0.0137;
    private static final double LATITUDES = 120;
    private static final double TEN_THOUSANDTHS = 1e4;

    /**
     * All questions go over one connection, as those of one browser do. With one for each, a moment in which the machine
     * is too busy would end in thousands of connections, and these in nothing else being done.
     */
    private static final SessionProtocol PROTOCOL = SessionProtocol.H2C;

    /** Beyond this many without an answer no more are asked, but they count as failed. */
    private static final int MOST_OPEN = 2_000;

    private final WebClient client;
    private final ResponseChecker checker;
    private final ResponseTally tally;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    RequestLoad(int port, ResponseChecker checker, ResponseTally tally) {
        ClientFactory.disableShutdownHook();
        client = WebClient.builder(PROTOCOL.uriText() + "://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .build();
        this.checker = checker;
        this.tally = tally;
    }

    ScheduledFuture<?> begin(ScheduledExecutorService thread, int rate) {
        return thread.scheduleAtFixedRate(this::ask, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
    }

    int open() {
        return open.get();
    }

    private void ask() {
        int next = number.getAndIncrement();
        double latitude = rounded((next * LATITUDE_STEP) % LATITUDES - LATITUDES / 2);
        double longitude = rounded((next * LONGITUDE_STEP) % 360 - 180);
        tally.asked();
        if (open.get() >= MOST_OPEN) {
            tally.failed("too many open");
            return;
        }
        open.incrementAndGet();
        long start = System.nanoTime();
        String path = String.format(Locale.ROOT, "/v1/weather?latitude=%.4f&longitude=%.4f", latitude, longitude);
        var unused = client.get(path).aggregate().whenComplete((response, failure) -> {
            try {
                if (failure != null) {
                    tally.failed(Exceptions.peel(failure).getClass().getSimpleName());
                } else {
                    judge(response, latitude, longitude, start);
                }
            } catch (RuntimeException e) {
                // The contract says nothing of what cannot be read.
                tally.wrong("not the contract's answer: " + response.contentUtf8());
            } finally {
                open.decrementAndGet();
            }
        });
    }

    private void judge(AggregatedHttpResponse response, double latitude, double longitude, long start) {
        long now = System.nanoTime();
        if (response.status().code() != 200) {
            tally.failed(response.status().codeAsText());
            return;
        }
        Optional<JsonObject> json = ResponseChecker.parse(response.contentUtf8());
        if (json.isEmpty() || !json.get().has("status")) {
            tally.wrong("not JSON of the contract: " + response.contentUtf8());
        } else if (!json.get().get("status").getAsString().equals("STATUS_COMPLETE")) {
            tally.failed("partial");
        } else {
            checker.wrongIn(json.get(), latitude, longitude)
                    .ifPresentOrElse(tally::wrong, () -> tally.good(now, now - start));
        }
    }

    private static double rounded(double degrees) {
        return Math.rint(degrees * TEN_THOUSANDTHS) / TEN_THOUSANDTHS;
    }
}
