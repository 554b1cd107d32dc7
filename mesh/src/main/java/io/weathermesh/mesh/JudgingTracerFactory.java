package io.weathermesh.mesh;

import io.grpc.ClientStreamTracer;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.util.ForwardingClientStreamTracer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, for each attempt of a call, a tracer that passes its end on as {@link CallVerdict} judges it. */
final class JudgingTracerFactory extends ClientStreamTracer.Factory {
    private static final Logger LOG = LoggerFactory.getLogger(JudgingTracerFactory.class);

    private final ClientStreamTracer.Factory counting;
    private final boolean answeredOnce;
    private final TriedTasks tried;

    /**
     * @param counting makes the tracers that count
     * @param answeredOnce whether it is a unary call; a stream may be silent, and end, without a fault
     * @param tried what the attempts of the call know of each other
     */
    JudgingTracerFactory(ClientStreamTracer.Factory counting, boolean answeredOnce, TriedTasks tried) {
        this.counting = counting;
        this.answeredOnce = answeredOnce;
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
            public void inboundHeaders(Metadata answer) {
                tried.answered(); // Before gRPC cancels the others for it.
                super.inboundHeaders(answer);
            }

            @Override
            public void streamClosed(Status status) {
                switch (hasServed(status) ? CallVerdict.NOTHING : CallVerdict.of(status, this::cancelled)) {
                    case GOOD -> {
                        tried.answered();
                        count(Status.OK);
                    }
                    case BAD -> count(status);
                    case NOTHING -> {
                        // The counter never hears of this attempt.
                    }
                }
            }

            /** A stream that was answered and then ends: its connection is old, or its task leaves, as both should. */
            private boolean hasServed(Status status) {
                return !answeredOnce && tried.isAnswered() && status.getCode() == Status.Code.UNAVAILABLE;
            }

            private CancelledAttempt cancelled() {
                Deadline deadline = info.getCallOptions().getDeadline();
                return new CancelledAttempt(
                        Duration.ofNanos(System.nanoTime() - start),
                        answeredOnce,
                        deadline != null && deadline.isExpired(),
                        tried.isOneTask(),
                        tried.isAnswered());
            }

            private void count(Status verdict) {
                try {
                    super.streamClosed(verdict);
                } catch (NullPointerException e) {
                    // grpc 1.85 has no counter for a task that was removed between the pick and this line. Thrown on,
                    // this would tear down the connection that ends the call.
                    LOG.debug("An attempt ended on a task that has left", e);
                }
            }
        };
    }
}
