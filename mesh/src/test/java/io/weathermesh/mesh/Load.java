package io.weathermesh.mesh;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls at a steady rate that does not wait for answers, and what came of them: how many answers of whom, how many
 * failures.
 */
final class Load {
    private static final int CALLS_PER_SECOND = 100;

    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Map<Status.Code, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Phaser inFlight = new Phaser(1);

    /** Looks up at the rate for a while, and waits for the last answer. */
    static Load of(Channel channel, Duration duration) throws Exception {
        return of(channel, Echo.LOOKUP, duration);
    }

    static Load of(Channel channel, MethodDescriptor<String, String> method, Duration duration) throws Exception {
        Load load = new Load();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> calls = clock.scheduleAtFixedRate(
                    () -> load.call(channel, method),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / CALLS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            ScheduledFuture<?> end =
                    clock.schedule(() -> calls.cancel(false), duration.toMillis(), TimeUnit.MILLISECONDS);
            end.get();
            load.inFlight.arriveAndAwaitAdvance();
        } finally {
            clock.shutdownNow();
        }
        return load;
    }

    private void call(Channel channel, MethodDescriptor<String, String> method) {
        inFlight.register();
        Futures.addCallback(
                ClientCalls.futureUnaryCall(channel.newCall(method, CallOptions.DEFAULT), "who?"),
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(String answer) {
                        count(answers, answer);
                        inFlight.arriveAndDeregister();
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        count(failures, Status.fromThrowable(failure).getCode());
                        inFlight.arriveAndDeregister();
                    }
                },
                MoreExecutors.directExecutor());
    }

    private static <K> void count(Map<K, AtomicInteger> counts, K key) {
        counts.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet();
    }

    int calls() {
        return sum(answers) + sum(failures);
    }

    int failed() {
        return sum(failures);
    }

    int answersOf(Fleet.Task task) {
        return answers.getOrDefault(task.ip, new AtomicInteger()).get();
    }

    private static int sum(Map<?, AtomicInteger> counts) {
        return counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public String toString() {
        return "answers " + answers + ", failures " + failures;
    }
}
