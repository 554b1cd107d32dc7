package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ClientStreamTracer;
import io.grpc.ClientStreamTracer.StreamInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictTracerFactoryTest {
    private static final StreamInfo INFO = StreamInfo.newBuilder().build();

    /** The day this fails, grpc has a counter for a task that left, and the catch may go. */
    @Test
    void grpcThrowsWhenAnAttemptEndsOnARemovedTask() throws Exception {
        ClientStreamTracer counter = counterOfATaskThatHasLeft().newClientStreamTracer(INFO, new Metadata());

        assertThatThrownBy(() -> counter.streamClosed(Status.OK)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void theExceptionDoesNotReachTheConnection() throws Exception {
        TriedTasks tried = TriedTasks.none();
        ClientStreamTracer judge = new VerdictTracerFactory(counterOfATaskThatHasLeft(), true, tried)
                .newClientStreamTracer(INFO, new Metadata());

        assertThatCode(() -> judge.streamClosed(Status.OK)).doesNotThrowAnyException();
        assertThat(tried.isAnswered()).isTrue();
    }

    @ParameterizedTest(name = "unary {0}, answered {1}: {2}")
    @CsvSource({
        "false, true, ''", // Its connection has grown old, or its task leaves.
        "false, false, UNAVAILABLE",
        "true, true, UNAVAILABLE"
    })
    void aStreamThatGotAResponseAndThenEndsIsIgnored(boolean unary, boolean answered, String counted) {
        List<String> counts = new ArrayList<>();
        ClientStreamTracer judge = new VerdictTracerFactory(counterInto(counts), unary, TriedTasks.none())
                .newClientStreamTracer(INFO, new Metadata());
        if (answered) {
            judge.inboundHeaders(new Metadata());
        }

        judge.streamClosed(Status.UNAVAILABLE);

        assertThat(String.join(",", counts)).isEqualTo(counted);
    }

    private static ClientStreamTracer.Factory counterInto(List<String> counts) {
        return new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(StreamInfo info, Metadata headers) {
                return new ClientStreamTracer() {
                    @Override
                    public void streamClosed(Status status) {
                        counts.add(status.getCode().name());
                    }
                };
            }
        };
    }

    /** As outlier detection makes it when the address has lost its tracker between the update and the pick. */
    private static ClientStreamTracer.Factory counterOfATaskThatHasLeft() throws ReflectiveOperationException {
        Class<?> picker = Class.forName("io.grpc.util.OutlierDetectionLoadBalancer$OutlierDetectionPicker");
        Class<?> counting = Class.forName(picker.getName() + "$ResultCountingClientStreamTracerFactory");
        Constructor<?> constructor = counting.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return (ClientStreamTracer.Factory) constructor.newInstance(new Object[constructor.getParameterCount()]);
    }
}
