package io.weathermesh.mesh;

import io.grpc.ClientStreamTracer;
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

    /**
     * @param counting makes the tracers that count
     * @param answeredOnce whether the server ends the call by itself, with one answer
     */
    JudgingTracerFactory(ClientStreamTracer.Factory counting, boolean answeredOnce) {
        this.counting = counting;
        this.answeredOnce = answeredOnce;
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
            public void streamClosed(Status status) {
                Duration age = Duration.ofNanos(System.nanoTime() - start);
                switch (CallVerdict.of(status, age, answeredOnce)) {
                    case GOOD -> count(Status.OK);
                    case BAD -> count(status);
                    case NOTHING -> {
                        // The counter never hears of this attempt.
                    }
                }
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
