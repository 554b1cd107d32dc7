package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Sends bytes that are no message to a real server. Reads the log of the whole process, gRPC's lines too. */
@Isolated
final class MalformedRequestsTest {
    private static final int CALLS = 20;

    private final List<LogRecord> log = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final MeshMeters meters = MeshMeters.create();
    private MeshServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        server = MeshServer.builder(
                        "echo", new MeshServerConfig(InetAddress.getByName("127.0.0.1"), 0, 0), MeshTimings.defaults())
                .meters(meters)
                .service(Echo.responding("here"))
                .build();
        server.start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.grpcPort(), InsecureChannelCredentials.create())
                .build();
        Logger.getLogger("").addHandler(recorder);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(recorder);
        channel.shutdownNow();
        server.close();
    }

    /** Field 1 of 127 bytes, of which none comes. */
    private static final class Garbage implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String ignored) {
            return new ByteArrayInputStream(new byte[] {10, 127});
        }

        @Override
        public String parse(InputStream bytes) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aMalformedRequestIsAnInternalErrorCountedAndLoggedOnceAMinute() {
        MethodDescriptor<String, ?> garbage = HealthGrpc.getCheckMethod().toBuilder(
                        new Garbage(), HealthGrpc.getCheckMethod().getResponseMarshaller())
                .build();
        for (int call = 0; call < CALLS; call++) {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ClientCalls.blockingUnaryCall(channel, garbage, CallOptions.DEFAULT, ""));

            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.getStatus().getDescription()).isEqualTo("the request could not be parsed");
        }

        assertThat(meters.scrape()).contains("mesh_server_malformed_requests_total " + (double) CALLS);
        assertThat(log)
                .filteredOn(
                        line -> line.getThrown() != null || line.getMessage().contains("parsed"))
                .singleElement()
                .satisfies(line -> assertThat(line.getMessage()).contains("grpc.health.v1.Health/Check"))
                .extracting(LogRecord::getThrown)
                .isNull();
        assertThat(Echo.lookup(channel, "still")).isEqualTo("here");
    }
}
