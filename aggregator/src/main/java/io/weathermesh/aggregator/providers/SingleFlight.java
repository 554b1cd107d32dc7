package io.weathermesh.aggregator.providers;

import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks a provider one kind of question about a point once, however many want to know at the same time. Each who waits keeps
 * its own deadline and may go away; when the last one has gone, the call is cancelled.
 *
 * <p>Each may wait for as long as one call may take, and no longer than they want to. The call has the deadline of the one
 * who caused it; who joined later and has time left when that runs out asks again.
 * A point is the same only if its coordinates and its elevation are: nothing is rounded.
 *
 * @param <T> what the provider tells
 */
final class SingleFlight<T> {
    private final String provider;
    private final Duration callDeadline;
    private final CacheMeters.OfProvider meters;
    private final Map<Point, Flight> inFlight = new ConcurrentHashMap<>();

    /** @param callDeadline the longest that one call may take */
    SingleFlight(String provider, Duration callDeadline, CacheMeters.OfProvider meters) {
        this.provider = provider;
        this.callDeadline = callDeadline;
        this.meters = meters;
    }

    /**
     * Asks, or waits for the answer to somebody else's question.
     *
     * @param question makes the call, in a context that lives as long as anybody waits; its future never fails
     */
    CompletableFuture<ProviderResult<T>> ask(Point point, Supplier<CompletableFuture<ProviderResult<T>>> question) {
        CompletableFuture<ProviderResult<T>> answer = new CompletableFuture<>();
        board(new Passenger(point, question, Context.current(), answer));
        return answer;
    }

    /** Points that are being asked about. */
    int inFlight() {
        return inFlight.size();
    }

    private void board(Passenger passenger) {
        Flight mine = new Flight(passenger);
        Flight flight = inFlight.compute(
                passenger.point(), (point, flying) -> flying != null && flying.takes() ? flying : mine);
        // Not within compute: a call that fails at once ends its flight, which is a change to the map.
        passenger.waitFor(flight, flight != mine);
        if (flight == mine) {
            mine.start();
        } else {
            meters.shared();
        }
    }

    /** One who wants to know. */
    private final class Passenger {
        private final Point point;
        private final Supplier<CompletableFuture<ProviderResult<T>>> question;
        private final Context context;
        private final CompletableFuture<ProviderResult<T>> answer;
        private final Deadline deadline;

        Passenger(
                Point point,
                Supplier<CompletableFuture<ProviderResult<T>>> question,
                Context context,
                CompletableFuture<ProviderResult<T>> answer) {
            this.point = point;
            this.question = question;
            this.context = context;
            this.answer = answer;
            Deadline longest = Deadline.after(callDeadline.toNanos(), TimeUnit.NANOSECONDS);
            Deadline own = context.getDeadline();
            deadline = own == null ? longest : longest.minimum(own);
        }

        Point point() {
            return point;
        }

        void waitFor(Flight flight, boolean joined) {
            Context.CancellationListener gone = cancelled -> {
                Status why = Contexts.statusFromCancelled(cancelled);
                if (answer.complete(new ProviderResult.Missing<>(ProviderCall.problem(provider, why)))) {
                    flight.leave();
                }
            };
            var unused = flight.landed.thenAccept(reading -> {
                context.removeListener(gone);
                if (joined && ranOut(reading) && !context.isCancelled() && !deadline.isExpired()) {
                    board(this);
                } else {
                    answer.complete(reading);
                }
            });
            context.addListener(gone, Runnable::run);
        }

        private boolean ranOut(ProviderResult<T> reading) {
            return reading.problem()
                    .map(problem -> problem.getCode() == Code.DEADLINE_EXCEEDED)
                    .orElse(false);
        }
    }

    /** One call, and how many wait for it. */
    private final class Flight {
        private final CompletableFuture<ProviderResult<T>> landed = new CompletableFuture<>();
        private final Context.CancellableContext context;
        private final Passenger first;
        private int waiting = 1;
        private boolean over;

        /** With the request's notes of the first, so that its trace is passed on, but not with its end. */
        Flight(Passenger first) {
            this.first = first;
            context = CallDeadline.in(first.context.fork(), first.deadline).withCancellation();
        }

        /** Whether one more can wait for it. */
        synchronized boolean takes() {
            boolean inVain = landed.isDone() && landed.join().answer().isEmpty();
            boolean open = !over && !inVain;
            if (open) {
                waiting++;
            }
            return open;
        }

        void start() {
            Context before = context.attach();
            try {
                var unused = first.question.get().thenAccept(this::land);
            } finally {
                context.detach(before);
            }
        }

        private void land(ProviderResult<T> reading) {
            // First, so that whoever remembers has done so before anybody could cause the next call.
            landed.complete(reading);
            synchronized (this) {
                over = true;
            }
            inFlight.remove(first.point, this);
            context.cancel(null);
        }

        /** The last one who leaves ends the call. */
        private void leave() {
            boolean empty;
            synchronized (this) {
                waiting--;
                empty = waiting == 0 && !over;
                over |= empty;
            }
            if (empty) {
                inFlight.remove(first.point, this);
                context.cancel(null);
            }
        }
    }
}
