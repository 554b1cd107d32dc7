package io.weathermesh.mesh;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real servers on loopback addresses of their own, a real channel to them, and a registry between them that the test
 * holds in its hand.
 */
final class Fleet implements AutoCloseable {
    /** What a task does with a call. */
    enum Mood {
        WELL,
        UNAVAILABLE,
        INTERNAL,
        UNKNOWN,
        NOT_FOUND,
        /** Answers after the hedging delay, but well before any deadline. */
        SLOW,
        HUNG
    }

    /** One task. Its answer is its own address. */
    static final class Task {
        private static final int SLOW_MILLIS = 300;
        private static final Duration LEAVING_PAUSE = Duration.ofMillis(300);

        final String ip;
        final StopSignal signal = new StopSignal();
        final AtomicInteger calls = new AtomicInteger();
        final List<StreamObserver<String>> held = new ArrayList<>();
        private final MeshServer server;
        volatile Mood mood = Mood.WELL;

        Task(String ip, int port, String serviceName) throws IOException {
            this.ip = ip;
            MeshServerConfig config = new MeshServerConfig(InetAddress.getByName(ip), port, 0);
            server = MeshServer.builder("echo", config, MeshTimings.defaults())
                    .service(Echo.named(serviceName, this::answer))
                    .stoppedBy(signal)
                    .pausing(duration -> signal.pause(LEAVING_PAUSE))
                    .build();
            server.start();
        }

        private void answer(String request, StreamObserver<String> answer) {
            calls.incrementAndGet();
            switch (mood) {
                case WELL -> {
                    answer.onNext(ip);
                    answer.onCompleted();
                }
                case SLOW ->
                    CompletableFuture.delayedExecutor(SLOW_MILLIS, TimeUnit.MILLISECONDS)
                            .execute(() -> {
                                answer.onNext(ip);
                                answer.onCompleted();
                            });
                case HUNG -> hold(answer);
                default ->
                    answer.onError(
                            Status.fromCode(Status.Code.valueOf(mood.name())).asRuntimeException());
            }
        }

        private synchronized void hold(StreamObserver<String> answer) {
            held.add(answer);
            notifyAll();
        }

        /** Waits until a call is held, and takes it. */
        synchronized StreamObserver<String> takeHeld() throws InterruptedException {
            while (held.isEmpty()) {
                wait();
            }
            return held.remove(0);
        }

        MeshServer server() {
            return server;
        }

        /** Does what SIGTERM does, with short pauses, on a thread of its own. */
        void leave() {
            signal.terminate();
            Thread leaver = new Thread(() -> {
                try {
                    server.awaitStopped();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            leaver.setDaemon(true);
            leaver.start();
        }

        /** Closes its socket and its connections, without a word. */
        void kill() {
            server.close();
        }
    }

    private static final int WARM_CALLS = 50;

    /** One port for all tasks of a fleet, outside the range of ephemeral ports. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 10_000));

    /** A machine that is busy with other things must not fail calls that would only be late. */
    private static final Map<String, String> PATIENT =
            Map.of("MESH_CALL_DEADLINE", "15s", "MESH_REQUEST_DEADLINE", "15s");

    private final int port;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Set<String> registered = new ConcurrentSkipListSet<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final MeshMeters meters = MeshMeters.create();
    private final Discovery discovery;
    private MeshTimings timings = MeshTimings.from(new Environment(PATIENT));
    private volatile String allowed = "127.0.0.0/8";

    private Fleet(int port) {
        this.port = port;
        this.discovery = new Discovery(
                (host, discoveryMeters) -> new AddressFilter(
                        host,
                        AllowedRange.from(new Environment(Map.of(AllowedRange.SETTING, allowed))),
                        this::registry,
                        discoveryMeters),
                scheduler,
                System::nanoTime,
                new PollDelays(new Random(1)),
                meters.registry());
    }

    /** As many tasks, registered, on 127.0.9.1 and so on. */
    static Fleet of(int size) throws IOException {
        Fleet fleet = new Fleet(NEXT_PORT.getAndIncrement());
        for (int i = 1; i <= size; i++) {
            fleet.start("127.0.9." + i);
            fleet.register("127.0.9." + i);
        }
        return fleet;
    }

    private CompletionStage<Lookup> registry() {
        if (registered.isEmpty()) {
            return CompletableFuture.completedFuture(new Lookup.Failed(Lookup.Reason.EMPTY, "nobody is registered"));
        }
        List<TaskAddress> now = registered.stream().map(TaskAddress::of).toList();
        return CompletableFuture.completedFuture(new Lookup.Found(now, true, Duration.ofSeconds(1)));
    }

    Fleet allowing(String range) {
        allowed = range;
        return this;
    }

    Fleet withTheUsualDeadline() {
        timings = MeshTimings.defaults();
        return this;
    }

    Task start(String ip) throws IOException {
        return start(ip, Echo.SERVICE);
    }

    /** A task of any service, on the port of this fleet. */
    Task start(String ip, String serviceName) throws IOException {
        Task task = new Task(ip, port, serviceName);
        tasks.put(ip, task);
        return task;
    }

    void register(String ip) {
        registered.add(ip);
    }

    void deregister(String ip) {
        registered.remove(ip);
    }

    Task task(int number) {
        return List.copyOf(tasks.values()).get(number - 1);
    }

    MeshMeters meters() {
        return meters;
    }

    MeshChannels channels() {
        return new MeshChannels(discovery, timings, meters);
    }

    ManagedChannel channel() {
        ManagedChannel channel = channels().forTarget("cloudmap:///echo.test:" + port, Echo.DESCRIPTOR);
        channels.add(channel);
        return channel;
    }

    /** Calls, with all the patience of the world, until every task has answered often: the JVM is cold at first. */
    void warm(ManagedChannel channel) {
        while (tasks.values().stream().anyMatch(task -> task.calls.get() < WARM_CALLS)) {
            Echo.patiently(channel, "warm?");
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        tasks.values().forEach(Task::kill);
        scheduler.shutdownNow();
    }
}
