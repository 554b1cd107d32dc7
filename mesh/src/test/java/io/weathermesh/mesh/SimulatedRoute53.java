package io.weathermesh.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A seeded model of Route 53 behind the resolver of a VPC: at most eight records chosen at random, kept by a cache that
 * the host shares with others and given again with the TTL that remains, in whole seconds. Queries get lost, and now and
 * then the name server fails for minutes.
 *
 * <p>The replies are real DNS messages, read by the production code.
 */
final class SimulatedRoute53 implements AddressSource {
    private static final Duration ROUND_TRIP = Duration.ofMillis(2);
    private static final Duration LEAST_OUTAGE = Duration.ofMinutes(2);
    private static final Duration MORE_OUTAGE = Duration.ofMinutes(18);

    /**
     * What a simulated day is like.
     *
     * @param ttl of the records
     * @param lost how many of all tries get no answer, 0 to 1
     */
    record Weather(Duration ttl, double lost) {}

    private final Name name = Name.fromConstantString("echo.test.");
    private final HandMovedTime time;
    private final Random random;
    private final Weather weather;
    private final List<TaskAddress> registered = new ArrayList<>();

    private List<TaskAddress> cached = List.of();
    private long expiresNanos;
    private boolean failing;
    private long lastOutageEndNanos = SimulatedTask.NEVER;
    private long queries;
    private long lastQueryNanos = SimulatedTask.NEVER;
    private long leastGapNanos = Long.MAX_VALUE;

    SimulatedRoute53(HandMovedTime time, Random random, Weather weather) {
        this.time = time;
        this.random = random;
        this.weather = weather;
    }

    void register(TaskAddress task) {
        registered.add(task);
    }

    void deregister(TaskAddress task) {
        registered.remove(task);
    }

    void failForAWhile() {
        Duration outage = LEAST_OUTAGE.plusSeconds(random.nextInt((int) MORE_OUTAGE.toSeconds()));
        fail(outage);
    }

    void fail(Duration outage) {
        failing = true;
        time.schedule(this::recover, outage.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void recover() {
        failing = false;
        lastOutageEndNanos = time.nanos();
    }

    /** Whether the name server failed at any time since then. */
    boolean failedSince(long nanos) {
        return failing || lastOutageEndNanos >= nanos;
    }

    long queries() {
        return queries;
    }

    /** The least time between two polls. */
    Duration leastGap() {
        return Duration.ofNanos(leastGapNanos);
    }

    @Override
    public CompletionStage<Lookup> poll() {
        if (lastQueryNanos != SimulatedTask.NEVER) {
            leastGapNanos = Math.min(leastGapNanos, time.nanos() - lastQueryNanos);
        }
        lastQueryNanos = time.nanos();
        CompletableFuture<Lookup> answer = new CompletableFuture<>();
        attempt(DnsSource.TRIES, answer);
        return answer;
    }

    private void attempt(int triesLeft, CompletableFuture<Lookup> answer) {
        queries++;
        if (random.nextDouble() >= weather.lost()) {
            after(ROUND_TRIP, () -> answer.complete(DnsAnswer.read(name, reply())));
        } else if (triesLeft > 1) {
            after(DnsSource.TRY_TIME, () -> attempt(triesLeft - 1, answer));
        } else {
            after(
                    DnsSource.TRY_TIME,
                    () -> answer.complete(new Lookup.Failed(Lookup.Reason.TIMEOUT, "the tries got lost")));
        }
    }

    private Message reply() {
        Message reply = new Message();
        reply.addRecord(Record.newRecord(name, Type.A, DClass.IN), Section.QUESTION);
        if (failing) {
            reply.getHeader().setRcode(Rcode.SERVFAIL);
            return reply;
        }
        if (time.nanos() >= expiresNanos) {
            refill();
        }
        long seconds = Duration.ofNanos(expiresNanos - time.nanos()).toSeconds();
        cached.forEach(task -> reply.addRecord(new ARecord(name, DClass.IN, seconds, task.ip()), Section.ANSWER));
        return reply;
    }

    /** Draws anew, and lets a neighbour do the same at some time after this answer has expired. */
    private void refill() {
        int count = Math.min(DnsAnswer.SAMPLE_SIZE, registered.size());
        for (int i = 0; i < count; i++) {
            int chosen = i + random.nextInt(registered.size() - i);
            registered.set(chosen, registered.set(i, registered.get(chosen)));
        }
        cached = List.copyOf(registered.subList(0, count));
        expiresNanos = time.nanos() + weather.ttl().toNanos();
        long idle = (long) (weather.ttl().toNanos() * random.nextDouble());
        time.schedule(this::neighbourAsks, weather.ttl().toNanos() + idle, TimeUnit.NANOSECONDS);
    }

    private void neighbourAsks() {
        if (!failing && time.nanos() >= expiresNanos) {
            refill();
        }
    }

    private void after(Duration delay, Runnable event) {
        time.schedule(event, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
