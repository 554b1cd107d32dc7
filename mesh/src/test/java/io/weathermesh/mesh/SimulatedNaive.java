package io.weathermesh.mesh;

import java.util.concurrent.TimeUnit;

/** The usual first attempt: query when the TTL is over, and replace the tasks by each answer. */
final class SimulatedNaive implements SimulatedClient {
    private final HandMovedTime time;
    private final AddressSource dns;
    private final Channel channel;

    SimulatedNaive(HandMovedTime time, AddressSource dns, Channel channel) {
        this.time = time;
        this.dns = dns;
        this.channel = channel;
    }

    @Override
    public void start() {
        dns.poll().thenAccept(lookup -> {
            long waitNanos = PollDelays.MIN_DELAY.toNanos();
            if (lookup instanceof Lookup.Found found) {
                channel.use(found.tasks());
                waitNanos = PollDelays.clamp(found.ttl()).toNanos();
            }
            time.schedule(this::start, waitNanos, TimeUnit.NANOSECONDS);
        });
    }

    @Override
    public void suspects() {}
}
