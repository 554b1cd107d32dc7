package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the streams that each client has open at this task, and forgets a client with its last one. Thread-safe. */
final class StreamsOfClients {
    /** An office behind one address has some pages open; ten such clients take all streams that a task can bear. */
    static final int MAX_STREAMS = 50;

    /** In seconds: streams live long, so asking again soon is in vain. */
    private static final int RETRY_AFTER_SECONDS = 60;

    private final ClientAddress clients;
    private final Map<ClientNetwork, Integer> open = new ConcurrentHashMap<>();

    StreamsOfClients(ClientAddress clients) {
        this.clients = clients;
    }

    /**
     * Counts a stream until its request is over.
     *
     * @throws RefusedException if its client has as many as it may have
     */
    void enter(ServiceRequestContext context) {
        ClientNetwork client = clients.network(context);
        if (open.merge(client, 1, Integer::sum) > MAX_STREAMS) {
            leave(client);
            throw new RefusedException(ProblemDetails.of(
                            ProblemType.TOO_MANY_REQUESTS,
                            "One client may have " + MAX_STREAMS + " streams open at a time.")
                    .retryableAfter(RETRY_AFTER_SECONDS));
        }
        var unused = context.log().whenComplete().thenRun(() -> leave(client));
    }

    private void leave(ClientNetwork client) {
        open.computeIfPresent(client, (one, count) -> count == 1 ? null : count - 1);
    }
}
