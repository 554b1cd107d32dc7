package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OpenStreamsTest {
    private final OpenStreams streams = new OpenStreams();

    @Test
    void aStreamWhoseHandlerThrowsAtItsStartIsRemoved() {
        assertThatThrownBy(() -> streams.interceptCall(
                        new SilentCall(MethodDescriptor.MethodType.SERVER_STREAMING),
                        new Metadata(),
                        (call, headers) -> {
                            throw new IllegalStateException("broken");
                        }))
                .hasMessage("broken");

        assertThat(streams.count()).isZero();
    }

    /** It may last as long as any other stream, although it is answered once. */
    @Test
    void anUploadIsAStream() {
        SilentCall upload = new SilentCall(MethodDescriptor.MethodType.CLIENT_STREAMING);

        streams.interceptCall(upload, new Metadata(), (call, headers) -> new ServerCall.Listener<>() {});
        assertThat(streams.count()).isEqualTo(1);
        streams.endAll();

        assertThat(upload.ended).isEqualTo(Status.Code.UNAVAILABLE);
    }

    /** A stream without a reader. */
    private static final class SilentCall extends ServerCall<String, String> {
        private final MethodDescriptor<String, String> method;
        private Status.@Nullable Code ended;

        SilentCall(MethodDescriptor.MethodType type) {
            method = Echo.WATCH.toBuilder().setType(type).build();
        }

        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(String message) {}

        @Override
        public void close(Status status, Metadata trailers) {
            ended = status.getCode();
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<String, String> getMethodDescriptor() {
            return method;
        }
    }
}
