package io.weathermesh.mesh;

import io.grpc.ClientStreamTracer;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.util.ForwardingClientStreamTracer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tracers of attempts: each reports the end of its attempt to outlier detection by its verdict. */
final class VerdictTracerFactory extends ClientStreamTracer.Factory {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictTracerFactory.class);

    private final ClientStreamTracer.Factory counting;
    private final boolean unary;
    private final TriedTasks tried;

    /**
     * @param counting makes the tracers of outlier detection, which count
     * @param unary false for a stream, which may be silent, and end, without a fault
     * @param tried the tasks that the call was sent to, shared by its attempts
     */
    VerdictTracerFactory(ClientStreamTracer.Factory counting, boolean unary, TriedTasks tried) {
        this.counting = counting;
        this.unary = unary;
        this.tried = tried;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        ClientStreamTracer counter = counting.newClientStreamTracer(info, headers);
        long start = System.nanoTime();
        return new ForwardingClientStreamTracer() {
            @Override
            protected ClientStreamTracer delegate() {
                return counter;
            }

            @Override
            public void inboundHeaders(Metadata response) {
                tried.answered(); // Before gRPC cancels the other attempts.
                super.inboundHeaders(response);
            }

            @Override
            public void streamClosed(Status status) {
                switch (hasServed(status) ? AttemptVerdict.IGNORE : AttemptVerdict.of(status, this::cancelled)) {
                    case GOOD -> {
                        tried.answered();
                        count(Status.OK);
                    }
                    case BAD -> count(status);
                    case IGNORE -> {
                        // Outlier detection does not count this attempt.
                    }
                }
            }

            /** A stream that sent a response and then ends: its connection is old or its task leaves, which is no failure. */
            private boolean hasServed(Status status) {
                return !unary && tried.isAnswered() && status.getCode() == Status.Code.UNAVAILABLE;
            }

            private AttemptVerdict.Cancelled cancelled() {
                Deadline deadline = info.getCallOptions().getDeadline();
                return new AttemptVerdict.Cancelled(
                        Duration.ofNanos(System.nanoTime() - start),
                        unary,
                        deadline != null && deadline.isExpired(),
                        tried.isOneTask(),
                        tried.isAnswered());
            }

            private void count(Status verdict) {
                try {
                    super.streamClosed(verdict);
                } catch (NullPointerException e) {
                    // grpc 1.85 has no counter for a task that was removed between the pick and this line. An
                    // exception here would close the connection that ends the call.
                    LOG.debug("An attempt ended on a task that has left", e);
                }
            }
        };
    }
}
