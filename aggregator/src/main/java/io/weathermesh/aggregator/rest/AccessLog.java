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
 * Writes a line a request, on a thread of its own: neither formatting nor a slow reader of the log holds up an event
 * loop. When the reader is slower than the requests, lines are dropped and counted. Health checks that succeed are left
 * out.
 */
final class AccessLog implements AccessLogWriter {
    /** A second of a very busy task. */
    private static final int CAPACITY = 16_384;

    /**
     * How long lines gather before they are written: to wake a thread and to write cost more than the line, and who reads
     * does not notice.
     */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int CHUNK_CHARACTERS = 32 * 1024;

    private final BlockingQueue<Runnable> lines = new ArrayBlockingQueue<>(CAPACITY);
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final AccessLogForm form;
    private final ClientAddress clients;
    private final PrintStream out;
    private final Counter dropped;
    private final StringBuilder chunk = new StringBuilder(CHUNK_CHARACTERS); // as ended
    private boolean ended; // touched by the writing thread only

    AccessLog(AccessLogForm form, ClientAddress clients, PrintStream out, MeterRegistry meters) {
        this.form = form;
        this.clients = clients;
        this.out = out;
        dropped = Counter.builder("gateway.access.log.dropped")
                .description("lines that the access log had no room for")
                .register(meters);
        if (form == AccessLogForm.OFF) {
            written.complete(null);
        } else {
            Thread thread = new Thread(this::write, "access-log");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void log(RequestLog log) {
        if (form != AccessLogForm.OFF && log.context() instanceof ServiceRequestContext context) {
            if (HealthRoutes.isCheck(context) && log.responseStatus().isSuccess()) {
                return;
            }
            AccessEntry entry = AccessEntry.of(log, context, clients);
            if (!lines.offer(() -> print(form.line(entry)))) {
                dropped.increment();
            }
        }
    }

    private void write() {
        try {
            while (!ended) {
                lines.take().run();
                if (lines.isEmpty() || chunk.length() >= CHUNK_CHARACTERS) {
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
        // Whole lines in one piece, so that no other line of the process comes between.
        out.writeBytes(chunk.toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
        chunk.setLength(0);
        if (!ended && lines.isEmpty()) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    /** Done when the lines of all requests before have been written. */
    @Override
    public CompletableFuture<Void> shutdown() {
        if (form != AccessLogForm.OFF && !lines.offer(() -> ended = true)) {
            written.complete(null); // The reader has stopped reading; a task that leaves does not wait for it.
        }
        return written;
    }
}
