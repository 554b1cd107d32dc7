package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesRequest;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesResponse;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceImplBase;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityResponse;
import io.weathermesh.proto.humidity.v1.WatchHumidityRequest;
import io.weathermesh.proto.humidity.v1.WatchHumidityResponse;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesRequest;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceImplBase;
import io.weathermesh.proto.temperature.v1.WatchTemperatureRequest;
import io.weathermesh.proto.temperature.v1.WatchTemperatureResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** A real gRPC server on a port of its own, which responds, fails or hangs as a test sets it. */
final class FakeProvider implements AutoCloseable {
    static final double CELSIUS = 21.5;
    static final double PERCENT = 40;

    /** How it behaves. */
    enum Behavior {
        RESPONDS,
        FAILS,
        HANGS,
        /** Responds when its behavior changes. */
        WAITS
    }

    private final Server server;
    private final ManagedChannel channel;
    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore cancelled = new Semaphore(0);
    private final Clock clock;
    private final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();
    private final Queue<OpenStream<?>> streams = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile Behavior behavior = Behavior.RESPONDS;
    private volatile double value;

    private FakeProvider(Clock clock, boolean temperature) throws IOException {
        this.clock = clock;
        value = temperature ? CELSIUS : PERCENT;
        BindableService service = temperature ? new Temperature() : new Humidity();
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(service)
                .intercept(new Listening())
                .build()
                .start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
    }

    static FakeProvider temperature(Clock clock) throws IOException {
        return new FakeProvider(clock, true);
    }

    static FakeProvider humidity(Clock clock) throws IOException {
        return new FakeProvider(clock, false);
    }

    /** Of a reading that expires after five minutes. */
    private Provenance provenance() {
        long now = clock.instant().getEpochSecond();
        return Provenance.newBuilder()
                .setSource("climatology")
                .setKind(Kind.KIND_CLIMATOLOGY)
                .setObserveTime(Timestamps.fromSeconds(now))
                .setExpireTime(Timestamps.fromSeconds(now + 300))
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    void behave(Behavior next) {
        behavior = next;
        for (Runnable one = waiting.poll(); one != null; one = waiting.poll()) {
            one.run();
        }
    }

    /** The value of its next readings. */
    void reads(double next) {
        value = next;
    }

    /** Forgets the calls that have come so far. */
    void forgetHeaders() {
        headers.clear();
    }

    /** A header of the first call since then; null when the call has none. */
    @Nullable
    String header(String name, Duration patience) throws InterruptedException {
        Metadata call = headers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(call).isNotNull();
        return call.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    /** How many calls have come, of any kind. */
    int calls() {
        return calls.get();
    }

    /** Waits for a call that gets no response yet. */
    void awaitCall(Duration patience) throws InterruptedException {
        await(asked, patience);
    }

    /** The same, doing something again and again meanwhile. */
    void awaitCallWhile(Runnable meanwhile, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        boolean came = false;
        while (!came && System.nanoTime() < end) {
            meanwhile.run();
            came = asked.tryAcquire(20, TimeUnit.MILLISECONDS);
        }
        assertThat(came).isTrue();
    }

    /** Waits until such a call has been given up. */
    void awaitCancelled(Duration patience) throws InterruptedException {
        await(cancelled, patience);
    }

    private static void await(Semaphore event, Duration patience) throws InterruptedException {
        assertThat(event.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    private <A> void answer(StreamObserver<A> caller, A answer) {
        switch (behavior) {
            case RESPONDS -> {
                caller.onNext(answer);
                caller.onCompleted();
            }
            case FAILS ->
                caller.onError(Status.UNAVAILABLE
                        .withDescription("io exception: Connection refused: /10.0.1.17:50051")
                        .asRuntimeException());
            case HANGS -> {
                Context.current().addListener(context -> cancelled.release(), Runnable::run);
                asked.release();
            }
            case WAITS -> {
                waiting.add(() -> answer(caller, answer));
                asked.release();
            }
        }
    }

    /** A stream that is open, whatever its message is. */
    private record OpenStream<A>(StreamObserver<A> caller, DoubleFunction<A> message) {
        void send(double value) {
            caller.onNext(message.apply(value));
        }
    }

    private <A> void watch(StreamObserver<A> caller, DoubleFunction<A> message, double first) {
        if (behavior == Behavior.FAILS) {
            caller.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        OpenStream<A> stream = new OpenStream<>(caller, message);
        ((ServerCallStreamObserver<A>) caller).setOnCancelHandler(() -> {
            streams.remove(stream);
            cancelled.release();
        });
        streams.add(stream);
        stream.send(first);
        asked.release();
    }

    /** Sends a new value to all streams. */
    void publish(double value) {
        streams.forEach(stream -> stream.send(value));
    }

    /** Ends all streams, as a task does that leaves. */
    void endStreams() {
        streams.forEach(stream -> stream.caller().onError(Status.UNAVAILABLE.asRuntimeException()));
        streams.clear();
    }

    private final class Listening implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata came, ServerCallHandler<Q, A> next) {
            calls.incrementAndGet();
            headers.add(came);
            return next.startCall(call, came);
        }
    }

    private final class Temperature extends TemperatureServiceImplBase {
        @Override
        public void lookupTemperature(
                LookupTemperatureRequest request, StreamObserver<LookupTemperatureResponse> caller) {
            answer(
                    caller,
                    LookupTemperatureResponse.newBuilder()
                            .setReading(reading(request))
                            .build());
        }

        @Override
        public void batchLookupTemperatures(
                BatchLookupTemperaturesRequest request, StreamObserver<BatchLookupTemperaturesResponse> caller) {
            BatchLookupTemperaturesResponse.Builder batch = BatchLookupTemperaturesResponse.newBuilder();
            request.getRequestsList().forEach(one -> batch.addResultsBuilder().setReading(reading(one)));
            answer(caller, batch.build());
        }

        @Override
        public void watchTemperature(WatchTemperatureRequest request, StreamObserver<WatchTemperatureResponse> caller) {
            watch(
                    caller,
                    told -> WatchTemperatureResponse.newBuilder()
                            .setReading(TemperatureReading.newBuilder()
                                    .setPoint(request.getPoint())
                                    .setTemperatureCelsius(told)
                                    .setProvenance(provenance()))
                            .build(),
                    CELSIUS);
        }

        private TemperatureReading reading(LookupTemperatureRequest request) {
            return TemperatureReading.newBuilder()
                    .setPoint(request.getPoint())
                    .setTemperatureCelsius(value)
                    .setProvenance(provenance())
                    .build();
        }

        @Override
        public void lookupTemperatureClimate(
                LookupTemperatureClimateRequest request, StreamObserver<LookupTemperatureClimateResponse> caller) {
            LookupTemperatureClimateResponse.Builder response = LookupTemperatureClimateResponse.newBuilder()
                    .setPoint(request.getPoint())
                    .setProvenance(provenance());
            for (int month = 1; month <= 12; month++) {
                response.addMonthsBuilder().setMonth(month).setTemperatureCelsius(value);
            }
            answer(caller, response.build());
        }
    }

    private final class Humidity extends HumidityServiceImplBase {
        @Override
        public void lookupHumidity(LookupHumidityRequest request, StreamObserver<LookupHumidityResponse> caller) {
            answer(
                    caller,
                    LookupHumidityResponse.newBuilder()
                            .setReading(reading(request))
                            .build());
        }

        @Override
        public void batchLookupHumidities(
                BatchLookupHumiditiesRequest request, StreamObserver<BatchLookupHumiditiesResponse> caller) {
            BatchLookupHumiditiesResponse.Builder batch = BatchLookupHumiditiesResponse.newBuilder();
            request.getRequestsList().forEach(one -> batch.addResultsBuilder().setReading(reading(one)));
            answer(caller, batch.build());
        }

        @Override
        public void watchHumidity(WatchHumidityRequest request, StreamObserver<WatchHumidityResponse> caller) {
            watch(
                    caller,
                    told -> WatchHumidityResponse.newBuilder()
                            .setReading(HumidityReading.newBuilder()
                                    .setPoint(request.getPoint())
                                    .setRelativeHumidityPercent(told)
                                    .setProvenance(provenance()))
                            .build(),
                    PERCENT);
        }

        private HumidityReading reading(LookupHumidityRequest request) {
            return HumidityReading.newBuilder()
                    .setPoint(request.getPoint())
                    .setRelativeHumidityPercent(value)
                    .setProvenance(provenance())
                    .build();
        }

        @Override
        public void lookupHumidityClimate(
                LookupHumidityClimateRequest request, StreamObserver<LookupHumidityClimateResponse> caller) {
            LookupHumidityClimateResponse.Builder response = LookupHumidityClimateResponse.newBuilder()
                    .setPoint(request.getPoint())
                    .setProvenance(provenance());
            for (int month = 1; month <= 12; month++) {
                response.addMonthsBuilder().setMonth(month).setRelativeHumidityPercent(value);
            }
            answer(caller, response.build());
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
