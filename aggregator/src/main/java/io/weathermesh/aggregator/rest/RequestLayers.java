package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelPipeline;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The layers that every request passes before its route and every response after it, in one place, one line a layer. */
public final class RequestLayers {
    /** For the head and the body of a request, 72 KiB at most: enough for a bad line, too short to hold connections. */
    private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(15);

    /** The part of that for the body: a slow client must get its response before the connection is closed. */
    private static final double BODY_SHARE = 2.0 / 3;

    private final RestSettings settings;
    private final ClientAddress clients;
    private final LoadShedding shedding;
    private final SlowRequests slowRequests;
    private final MeterRegistry meters;
    private final PrintStream out;
    private final Optional<RateLimit> rateLimit;
    private final Duration maxBodyTime;

    private RequestLayers(RestSettings settings, MeterRegistry meters, PrintStream out, Duration maxRequestTime) {
        this.settings = settings;
        this.meters = meters;
        this.out = out;
        clients = new ClientAddress(settings.trustedProxies());
        slowRequests = new SlowRequests(maxRequestTime);
        shedding = new LoadShedding(settings.maxInFlight(), meters);
        rateLimit = settings.requestsPerMinute().stream()
                .mapToObj(limit -> new RateLimit(limit, clients, System::nanoTime))
                .findFirst();
        maxBodyTime = Duration.ofMillis((long) (maxRequestTime.toMillis() * BODY_SHARE));
    }

    /** Layers whose access log goes to {@code out}. */
    public static RequestLayers create(RestSettings settings, MeterRegistry meters, PrintStream out) {
        return new RequestLayers(settings, meters, out, MAX_REQUEST_TIME);
    }

    /** @param maxRequestTime the longest time for a request to arrive */
    static RequestLayers create(RestSettings settings, MeterRegistry meters, PrintStream out, Duration maxRequestTime) {
        return new RequestLayers(settings, meters, out, maxRequestTime);
    }

    /** Adds routes to a server, under the limits of these layers. */
    Routes routes(ServerBuilder server) {
        BatchAdmission batches = new BatchAdmission(
                shedding,
                (context, requests) -> rateLimit.ifPresent(limit -> limit.charge(context, requests)),
                maxBodyTime,
                meters);
        return new Routes(server, new StreamLimit(clients), batches);
    }

    /** Adds the handlers of a new connection. */
    void accept(ChannelPipeline connection) {
        Http1Handlers.put(connection, new StrictHttp1(), new Http10Responses(), new StagedClose());
        slowRequests.watch(connection);
    }

    /** The layers, the innermost first: a request that an outer layer refuses costs less. */
    HttpService around(HttpService routes) {
        HttpService layers = Compression.around(routes.decorate(new AllowedMethods()));
        layers = layers.decorate(shedding);
        if (rateLimit.isPresent()) {
            layers = layers.decorate(rateLimit.get());
        }
        // Outside of the limits: a script can read why its request was refused, and a preflight does not count.
        return layers.decorate(CrossOrigin.decorator())
                .decorate(slowRequests)
                .decorate(new Correlation(
                        clients, () -> ThreadLocalRandom.current().nextLong()));
    }

    /** Renders the errors that no route does. */
    ServerErrorHandler errorHandler(Clock clock) {
        return new ProblemErrorHandler(meters, clock);
    }

    /** Is called once for every request when its response has ended. */
    AccessLogWriter log() {
        return new RequestMeters(meters).andThen(new AccessLog(settings.accessLog(), clients, out, meters));
    }
}
