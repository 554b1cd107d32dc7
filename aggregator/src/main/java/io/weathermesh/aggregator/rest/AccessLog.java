package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes one line for each request, on a thread of its own, so that neither formatting nor a slow reader of the log blocks an
 * event loop. If the reader is slower than the requests, lines are dropped and counted. Successful health checks are left
 * out.
 */
final class AccessLog implements AccessLogWriter {
    /** One second of a very busy task. */
    private static final int MAX_LINES = 16_384;

    /** The time to collect lines before a write: to wake a thread and to write cost more than a line. */
    private static final long COLLECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int MAX_CHUNK_CHARACTERS = 32 * 1024;

    private final BlockingQueue<Runnable> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final AccessLogFormat format;
    private final ClientAddress clients;
    private final PrintStream out;
    private final Counter dropped;
    private final StringBuilder chunk = new StringBuilder(MAX_CHUNK_CHARACTERS); // used by the writing thread only
    private boolean ended; // used by the writing thread only

    AccessLog(AccessLogFormat format, ClientAddress clients, PrintStream out, MeterRegistry meters) {
        this.format = format;
        this.clients = clients;
        this.out = out;
        dropped = Counter.builder("gateway.access.log.dropped")
                .description("lines dropped by the access log because its reader was too slow")
                .register(meters);
        if (format == AccessLogFormat.OFF) {
            written.complete(null);
        } else {
            Thread thread = new Thread(this::write, "access-log");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void log(RequestLog log) {
        if (format != AccessLogFormat.OFF && log.context() instanceof ServiceRequestContext context) {
            if (Admission.of(context) == Admission.CHECK && log.responseStatus().isSuccess()) {
                return;
            }
            AccessEntry entry = AccessEntry.of(log, context, clients);
            if (!lines.offer(() -> print(format.line(entry)))) {
                dropped.increment();
            }
        }
    }

    private void write() {
        try {
            while (!ended) {
                lines.take().run();
                if (lines.isEmpty() || chunk.length() >= MAX_CHUNK_CHARACTERS) {
                    writeChunk();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writeChunk();
            written.complete(null);
        }
    }

    private void print(String line) {
        chunk.append(line).append('\n');
    }

    private void writeChunk() {
        // Whole lines in one write, so that no other output of the process comes between.
        out.writeBytes(chunk.toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
        chunk.setLength(0);
        if (!ended && lines.isEmpty()) {
            LockSupport.parkNanos(COLLECT_NANOS);
        }
    }

    /** Completes when the lines of all previous requests have been written. */
    @Override
    public CompletableFuture<Void> shutdown() {
        if (format != AccessLogFormat.OFF && !lines.offer(() -> ended = true)) {
            written.complete(null); // The reader has stopped reading; shutdown does not wait for it.
        }
        return written;
    }
}
