package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelPipeline;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What every request passes before its route and after its answer, in one place, a line a layer. */
public final class Edge {
    /** For the header and the body of a request, 72 KiB at most: enough for a bad line, too little to hold connections. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(15);

    /** What of that the body may take: who is too slow shall hear it before the line is cut. */
    private static final double BODY_SHARE = 2.0 / 3;

    private final EdgeSettings settings;
    private final ClientAddress clients;
    private final Shedding shedding;
    private final SlowRequests slowRequests;
    private final MeterRegistry meters;
    private final PrintStream out;
    private final Optional<RateLimit> rateLimit;
    private final ArrivingBodies bodies;
    private final StreamsOfClients streams;

    private Edge(EdgeSettings settings, MeterRegistry meters, PrintStream out, Duration longestRequest) {
        this.settings = settings;
        this.meters = meters;
        this.out = out;
        clients = new ClientAddress(settings.trustedProxies());
        slowRequests = new SlowRequests(longestRequest);
        shedding = new Shedding(settings.maxInFlight(), meters);
        rateLimit = settings.requestsPerMinute().stream()
                .mapToObj(limit -> new RateLimit(limit, clients, System::nanoTime))
                .findFirst();
        Duration longestBody = Duration.ofMillis((long) (longestRequest.toMillis() * BODY_SHARE));
        bodies = new ArrivingBodies(shedding, longestBody, meters);
        streams = new StreamsOfClients(clients);
    }

    /** An edge whose access log goes to {@code out}. */
    public static Edge create(EdgeSettings settings, MeterRegistry meters, PrintStream out) {
        return new Edge(settings, meters, out, LONGEST_REQUEST);
    }

    /** An edge that is as patient with slow clients as it is told. */
    static Edge create(EdgeSettings settings, MeterRegistry meters, PrintStream out, Duration longestRequest) {
        return new Edge(settings, meters, out, longestRequest);
    }

    /** Where a route waits for the body of a request. */
    ArrivingBodies bodies() {
        return bodies;
    }

    /** Counts the questions of a request that was let in as one, and throws a {@link RefusedException} if they are too many. */
    void charge(ServiceRequestContext context, int questions) {
        rateLimit.ifPresent(limit -> limit.charge(context, questions));
    }

    /** Where a route counts the streams that each client has open. */
    StreamsOfClients streams() {
        return streams;
    }

    /** Takes a new connection under watch. */
    void accept(ChannelPipeline connection) {
        Http1Entry.put(connection, new StrictHttp1(), new StagedClose());
        slowRequests.watch(connection);
    }

    /** The layers, the innermost first: what is refused further out costs less. */
    HttpService around(HttpService routes) {
        HttpService edge = Compression.around(routes.decorate(new OfferedMethods()));
        edge = edge.decorate(shedding);
        if (rateLimit.isPresent()) {
            edge = edge.decorate(rateLimit.get());
        }
        // Outside of the limits, so that a script may read why it was refused, and a preflight costs it nothing.
        return edge.decorate(CrossOrigin.decorator())
                .decorate(slowRequests)
                .decorate(new Correlation(
                        clients, () -> ThreadLocalRandom.current().nextLong()));
    }

    /** Answers where no route could. */
    ServerErrorHandler errorPages() {
        return new ErrorPages(meters);
    }

    /** Hears of every request when it has ended. */
    AccessLogWriter log() {
        return new RequestMeters(meters).andThen(new AccessLog(settings.accessLog(), clients, out, meters));
    }
}
