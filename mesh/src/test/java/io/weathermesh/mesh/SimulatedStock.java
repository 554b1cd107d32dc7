package io.weathermesh.mesh;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A model of grpc-java's {@code dns:///} at its defaults: it queries when a channel starts, and again only when a
 * connection was lost; a request to refresh within 30 s of the last answer is dropped, not deferred
 * (DnsNameResolver.cacheRefreshRequired); after a failure it tries again with exponential patience (RetryingNameResolver).
 */
final class SimulatedStock implements SimulatedClient {
    private static final Duration CACHE = Duration.ofSeconds(30);

    private final HandMovedTime time;
    private final Random random;
    private final AddressSource dns;
    private final Channel channel;
    private boolean resolving;
    private boolean answered;
    private long answeredNanos;
    private int failures;

    SimulatedStock(HandMovedTime time, Random random, AddressSource dns, Channel channel) {
        this.time = time;
        this.random = random;
        this.dns = dns;
        this.channel = channel;
    }

    @Override
    public void start() {
        suspects();
    }

    @Override
    public void suspects() {
        boolean fresh = answered && time.nanos() - answeredNanos <= CACHE.toNanos();
        if (resolving || fresh) {
            return;
        }
        resolving = true;
        dns.poll().thenAccept(this::take);
    }

    private void take(Lookup lookup) {
        resolving = false;
        if (lookup instanceof Lookup.Found found) {
            answered = true;
            answeredNanos = time.nanos();
            failures = 0;
            channel.use(found.tasks());
        } else {
            time.schedule(this::suspects, SimulatedBackoff.nanos(failures++, random), TimeUnit.NANOSECONDS);
        }
    }
}
