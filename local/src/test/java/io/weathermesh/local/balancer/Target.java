package io.weathermesh.local.balancer;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.rest.GatewayNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A task of a gateway that does what its test wants. */
final class Target implements AutoCloseable {
    /** More than the balancer takes. */
    private static final int MAX_HEAD_BYTES = 256 * 1024;

    /** Between two pieces of a stream. */
    static final Duration BEAT = Duration.ofMillis(100);

    final CompletableFuture<HttpResponse> late = new CompletableFuture<>();
    final CompletableFuture<Void> lateBegan = new CompletableFuture<>();
    final CompletableFuture<Void> streamBegan = new CompletableFuture<>();
    volatile boolean ready = true;

    private final String name;
    private final Server server;

    Target(String name) {
        this.name = name;
        server = Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .requestTimeout(Duration.ZERO)
                .http1MaxInitialLineLength(MAX_HEAD_BYTES)
                .http1MaxHeaderSize(MAX_HEAD_BYTES)
                .service(
                        GatewayNames.HEALTH_PATH,
                        (ctx, request) -> HttpResponse.of(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE))
                .service("/name", (ctx, request) -> HttpResponse.of(name))
                .service(
                        "/header/{header}",
                        (ctx, request) -> HttpResponse.of(request.headers().get(ctx.pathParam("header"), "absent")))
                .service("/late", (ctx, request) -> {
                    lateBegan.complete(null);
                    return HttpResponse.of(late);
                })
                .service("/stream/{beats}", (ctx, request) -> {
                    streamBegan.complete(null);
                    return stream(ctx, Integer.parseInt(ctx.pathParam("beats")));
                })
                .build();
        server.start().join();
    }

    /** So many pieces, one a beat, and then silence without an end if the number is even. */
    private static HttpResponse stream(ServiceRequestContext ctx, int beats) {
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.of(HttpStatus.OK));
        beat(ctx, writer, beats, beats % 2 == 1);
        return writer;
    }

    private static void beat(ServiceRequestContext ctx, HttpResponseWriter writer, int left, boolean ends) {
        if (left > 0) {
            writer.write(HttpData.ofUtf8("."));
            var unused = ctx.eventLoop()
                    .schedule(() -> beat(ctx, writer, left - 1, ends), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } else if (ends) {
            writer.close();
        }
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.activeLocalPort());
    }

    @Override
    public void close() {
        late.complete(HttpResponse.of("too late"));
        // Not awaited: it takes seconds.
        var unused = server.closeAsync();
    }
}
