package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

final class OpenStreamsTest {
    private final OpenStreams streams = new OpenStreams();

    @Test
    void aStreamWhoseHandlerThrowsAtItsStartIsForgotten() {
        assertThatThrownBy(() -> streams.interceptCall(new SilentCall(), new Metadata(), (call, headers) -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(streams.count()).isZero();
    }

    /** A stream that nobody reads. */
    private static final class SilentCall extends ServerCall<String, String> {
        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(String message) {}

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<String, String> getMethodDescriptor() {
            return Echo.WATCH;
        }
    }
}
