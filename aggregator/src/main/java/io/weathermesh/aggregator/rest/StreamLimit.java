package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits the streams that each client has open at this task. Thread-safe. */
final class StreamLimit implements DecoratingHttpServiceFunction {
    /** An office behind one address has a few pages open; ten such clients use all streams that a task can serve. */
    static final int MAX_STREAMS = 50;

    /** In seconds: streams are long-lived, so an early retry is in vain. */
    private static final int RETRY_AFTER_SECONDS = 60;

    private final ClientAddress clients;

    /** Without clients that have none. */
    private final Map<ClientNetwork, Integer> open = new ConcurrentHashMap<>();

    StreamLimit(ClientAddress clients) {
        this.clients = clients;
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        ClientNetwork client = clients.network(context);
        if (open.merge(client, 1, Integer::sum) > MAX_STREAMS) {
            release(client);
            return ProblemDetails.of(
                            ProblemType.TOO_MANY_REQUESTS, "A client may have " + MAX_STREAMS + " open streams.")
                    .retryableAfter(RETRY_AFTER_SECONDS)
                    .response()
                    .toHttpResponse();
        }
        var unused = context.log().whenComplete().thenRun(() -> release(client));
        return delegate.serve(context, request);
    }

    private void release(ClientNetwork client) {
        open.computeIfPresent(client, (one, count) -> count == 1 ? null : count - 1);
    }
}
