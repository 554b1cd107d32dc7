package io.weathermesh.local.trials.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends requests over a number of connections in a closed loop: each sends its next one after the last response. */
final class ClosedLoopLoad {
    private ClosedLoopLoad() {}

    /**
     * The number of responses in this time.
     *
     * @throws IOException if a request has another response than the expected one, or none
     */
    static long run(RequestKind kind, int connections, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> runUntil(kind, end)));
            }
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException(kind.name() + " cannot be measured", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static long runUntil(RequestKind kind, long end) throws IOException {
        long count = 0;
        try (HttpConnection connection = HttpConnection.to(kind.server().address())) {
            while (System.nanoTime() < end) {
                int status = connection.send(kind.request().get());
                if (status != kind.status()) {
                    throw new IOException("the status is " + status + ", but must be " + kind.status());
                }
                count++;
            }
        }
        return count;
    }
}
