package io.weathermesh.local.trials.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests over some connections, each connection's next one as soon as the last one is answered. */
final class ClosedLoopLoad {
    private ClosedLoopLoad() {}

    /**
     * How many were answered in this time.
     *
     * @throws IOException if one was not, or not as it should have been
     */
    static long on(RequestKind kind, int connections, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> untilThen(kind, end)));
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

    private static long untilThen(RequestKind kind, long end) throws IOException {
        long count = 0;
        try (HttpConnection connection = HttpConnection.to(kind.server().address())) {
            while (System.nanoTime() < end) {
                int status = connection.ask(kind.request().get());
                if (status != kind.status()) {
                    throw new IOException("answered with " + status);
                }
                count++;
            }
        }
        return count;
    }
}
