package io.weathermesh.local.balancer;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientOptions;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Forwards each request to the next target (round robin), and streams the response back. Never retries. */
final class Forwarding implements HttpService {
    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final String FORWARDED_PROTO = "x-forwarded-proto";
    private static final String FORWARDED_PORT = "x-forwarded-port";

    private final Supplier<List<Endpoint>> targets;
    private final RequestsInFlight inFlight;
    private final TraceId traceId;
    private final Duration idle;
    private final ClientOptions options;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param targets the targets that may get a request now
     * @param idle the longest time without a byte from the target, before and during its response
     */
    Forwarding(
            Supplier<List<Endpoint>> targets,
            RequestsInFlight inFlight,
            TraceId traceId,
            ClientFactory factory,
            Duration idle) {
        this.targets = targets;
        this.inFlight = inFlight;
        this.traceId = traceId;
        this.idle = idle;
        options = ClientOptions.builder()
                .factory(factory)
                .responseTimeout(idle)
                .maxResponseLength(0)
                .build();
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        List<Endpoint> candidates = targets.get();
        if (candidates.isEmpty()) {
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "No task of the gateway is running.");
        }
        Endpoint target = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        String name = target.authority();
        inFlight.started(name);
        HttpResponse answer = send(target, request.withHeaders(forTarget(ctx, request.headers(), name)));
        var unused = answer.whenComplete().whenComplete((done, failure) -> inFlight.ended(name));
        return answer.recover(LoadBalancerFailure.class, failure -> problem(failure.status(), failure.detail()));
    }

    private HttpResponse send(Endpoint target, HttpRequest request) {
        try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
            HttpResponse answer = WebClient.builder(SessionProtocol.H1C, target)
                    .options(options)
                    .build()
                    .execute(request);
            ClientRequestContext context = captor.getOrNull();
            AtomicBoolean begun = new AtomicBoolean();
            // A stream may last for any time if it is never idle for too long.
            return answer.mapHeaders(headers -> {
                        begun.set(true);
                        return restartIdleTimeout(context, headers);
                    })
                    .mapData(data -> restartIdleTimeout(context, data))
                    // A response that has started cannot be replaced by an error: the connection is aborted.
                    .mapError(failure -> begun.get() ? AbortedStreamException.get() : explain(failure));
        }
    }

    private <T> T restartIdleTimeout(@Nullable ClientRequestContext target, T what) {
        if (target != null) {
            target.setResponseTimeout(TimeoutMode.SET_FROM_NOW, idle);
        }
        return what;
    }

    private static Throwable explain(Throwable failure) {
        Throwable cause = Exceptions.peel(failure);
        return cause instanceof ResponseTimeoutException
                ? new LoadBalancerFailure(
                        HttpStatus.GATEWAY_TIMEOUT, "The gateway's task did not answer in time.", cause)
                : new LoadBalancerFailure(HttpStatus.BAD_GATEWAY, "The gateway's task could not be reached.", cause);
    }

    private RequestHeaders forTarget(ServiceRequestContext ctx, RequestHeaders sent, String target) {
        String client = ctx.remoteAddress().getAddress().getHostAddress();
        String before = String.join(", ", sent.getAll(FORWARDED_FOR));
        return sent.toBuilder()
                // As the client sent it: the gateway reports its errors.
                .path(ctx.rawPath())
                .authority(sent.authority() == null ? target : sent.authority())
                .scheme(SessionProtocol.HTTP)
                .set(FORWARDED_FOR, before.isEmpty() ? client : before + ", " + client)
                .set(FORWARDED_PROTO, "http")
                .set(FORWARDED_PORT, Integer.toString(ctx.localAddress().getPort()))
                .set(TraceId.HEADER, traceId.forTarget(sent.get(TraceId.HEADER)))
                .build();
    }

    private static HttpResponse problem(HttpStatus status, String detail) {
        ResponseHeaders headers = ResponseHeaders.builder(status)
                .contentType(MediaType.parse("application/problem+json"))
                .set(HttpHeaderNames.RETRY_AFTER, "1")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        String body = String.format(
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}",
                status.reasonPhrase(), status.code(), detail);
        return HttpResponse.of(headers, HttpData.ofUtf8(body));
    }
}
