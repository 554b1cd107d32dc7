package io.weathermesh.aggregator.providers;

import com.google.rpc.Code;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.weathermesh.proto.common.v1.Point;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One call to a provider at a time for each point: requests for the same point wait for the call in flight. Each keeps its
 * own deadline and cancellation; the last one that leaves cancels the call.
 *
 * <p>A request waits for at most the deadline of one call. The call has the deadline of the request that started it; a
 * request that joined later and has time left after that starts another call. Points are the same only if their coordinates
 * and elevations are equal.
 *
 * @param <T> the value of a result
 */
final class SingleFlight<T> {
    /** A part of the call and not of its context, so that gRPC needs no further timer. */
    private static final Context.Key<Deadline> DEADLINE = Context.key("call-deadline");

    private final String provider;
    private final Duration callDeadline;
    private final Runnable onJoin;
    private final Map<Point, Call> inFlight = new ConcurrentHashMap<>();

    /**
     * @param callDeadline the longest duration of a call
     * @param onJoin runs whenever a request joins a call in flight
     */
    SingleFlight(String provider, Duration callDeadline, Runnable onJoin) {
        this.provider = provider;
        this.callDeadline = callDeadline;
        this.onJoin = onJoin;
    }

    /**
     * The result of the call in flight for the point, or else of a new one.
     *
     * @param start starts a call in a context that lives as long as any request waits; its future never fails
     */
    CompletableFuture<ProviderResult<T>> get(Point point, Supplier<CompletableFuture<ProviderResult<T>>> start) {
        Waiter waiter = new Waiter(point, start, Context.current());
        waiter.joinOrStart();
        return waiter.result;
    }

    /** The options of a call: the deadline of a shared call in its context, else the channel's default. */
    static CallOptions callOptions() {
        Deadline deadline = DEADLINE.get();
        return deadline == null ? CallOptions.DEFAULT : CallOptions.DEFAULT.withDeadline(deadline);
    }

    /** The number of points with a call in flight. */
    int inFlight() {
        return inFlight.size();
    }

    /** One request that waits. */
    private final class Waiter {
        private final Point point;
        private final Supplier<CompletableFuture<ProviderResult<T>>> start;
        private final Context context;
        private final Deadline deadline;
        private final CompletableFuture<ProviderResult<T>> result = new CompletableFuture<>();

        Waiter(Point point, Supplier<CompletableFuture<ProviderResult<T>>> start, Context context) {
            this.point = point;
            this.start = start;
            this.context = context;
            Deadline latest = Deadline.after(callDeadline.toNanos(), TimeUnit.NANOSECONDS);
            Deadline own = context.getDeadline();
            deadline = own == null ? latest : latest.minimum(own);
        }

        void joinOrStart() {
            Call mine = new Call(this);
            Call call = inFlight.compute(point, (key, current) -> current != null && current.join() ? current : mine);
            // Not within compute: a call that fails at once changes the map.
            waitFor(call, call != mine);
            if (call == mine) {
                mine.start();
            } else {
                onJoin.run();
            }
        }

        private void waitFor(Call call, boolean joined) {
            Context.CancellationListener onCancel = cancelled -> {
                if (result.complete(ProviderResult.missing(provider, Contexts.statusFromCancelled(cancelled)))) {
                    call.leave();
                }
            };
            var unused = call.completed.thenAccept(callResult -> {
                context.removeListener(onCancel);
                if (joined && timedOut(callResult) && !context.isCancelled() && !deadline.isExpired()) {
                    joinOrStart();
                } else {
                    result.complete(callResult);
                }
            });
            context.addListener(onCancel, Runnable::run);
        }

        private boolean timedOut(ProviderResult<T> callResult) {
            return callResult.problem() != null && callResult.problem().getCode() == Code.DEADLINE_EXCEEDED;
        }
    }

    /** A call and the number of requests that wait for it. */
    private final class Call {
        private final CompletableFuture<ProviderResult<T>> completed = new CompletableFuture<>();
        private final Context.CancellableContext context;
        private final Waiter first;
        private int waiting = 1;
        private boolean over;

        /** With the trace of the first request, but without its cancellation. */
        Call(Waiter first) {
            this.first = first;
            context = first.context.fork().withValue(DEADLINE, first.deadline).withCancellation();
        }

        /** Whether another request can wait for it; if so, that request is counted. */
        synchronized boolean join() {
            boolean failed = completed.isDone() && completed.join().value() == null;
            boolean open = !over && !failed;
            if (open) {
                waiting++;
            }
            return open;
        }

        void start() {
            Context before = context.attach();
            try {
                var unused = first.start.get().thenAccept(this::complete);
            } finally {
                context.detach(before);
            }
        }

        private void complete(ProviderResult<T> result) {
            // First, so that the result is cached before another request could start the next call.
            completed.complete(result);
            synchronized (this) {
                over = true;
            }
            inFlight.remove(first.point, this);
            context.cancel(null);
        }

        private void leave() {
            boolean abandoned;
            synchronized (this) {
                waiting--;
                abandoned = waiting == 0 && !over;
                over |= abandoned;
            }
            if (abandoned) {
                inFlight.remove(first.point, this);
                context.cancel(null);
            }
        }
    }
}
