package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/weather:batch}: the contract's batch in its JSON form. A hundred places take milliseconds to look up and
 * to write down, so that is done beside the event loops, which other requests wait for.
 */
final class BatchRoute {
    static final String PATH = "/v1/weather:batch";

    private final WeatherLookup desk;
    private final RequestScope scope;
    private final ArrivingBodies bodies;
    private final ObjIntConsumer<ServiceRequestContext> charge;

    /** @param charge counts a request's questions, and throws a {@link RefusedException} where there are too many */
    BatchRoute(
            WeatherLookup desk,
            RequestScope scope,
            ArrivingBodies bodies,
            ObjIntConsumer<ServiceRequestContext> charge) {
        this.desk = desk;
        this.scope = scope;
        this.bodies = bodies;
        this.charge = charge;
    }

    /** Whether a request is for a batch, which has a body. */
    static boolean isBatch(ServiceRequestContext context) {
        return context.config().route().patternString().equals(PATH);
    }

    void addTo(ServerBuilder server) {
        server.route()
                .post("exact:" + PATH)
                .options("exact:" + PATH)
                .build((context, request) -> HttpResponse.of(answer(context, request)));
    }

    private CompletionStage<HttpResponse> answer(ServiceRequestContext context, HttpRequest request) {
        if (!isJson(request.headers())) {
            return CompletableFuture.completedFuture(ProblemDetails.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8, not encoded.")
                    .response()
                    .toHttpResponse());
        }
        Executor aside = context.blockingTaskExecutor().withoutContext();
        return bodies.of(context, request)
                .thenComposeAsync(body -> scope.ask(context, () -> asked(context, request, body)), aside)
                .handleAsync((answer, failure) -> told(context, answer, failure), aside);
    }

    private CompletionStage<BatchLookupWeatherResponse> asked(
            ServiceRequestContext context, HttpRequest request, byte[] body) {
        String target = RawTarget.of(context, request);
        RawTarget.check(target);
        Parameters.none(RawTarget.query(target));
        List<LookupWeatherRequest> questions = BatchBody.read(body);
        charge.accept(context, questions.size());
        return desk.batch(questions);
    }

    private static HttpResponse told(
            ServiceRequestContext context, BatchLookupWeatherResponse answer, @Nullable Throwable failure) {
        if (failure != null) {
            return Failures.answer(context, failure);
        }
        RequestNotes.of(context).ifPresent(notes -> notes.answeredWith(answer));
        return page(answer);
    }

    /** Also refuses what is compressed: a small body could become any size. */
    private static boolean isJson(RequestHeaders headers) {
        MediaType type = headers.contentType();
        return type != null
                && type.is(MediaType.JSON)
                && type.parameters().getOrDefault("charset", List.of()).stream().allMatch(BatchRoute::isUtf8)
                && headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").equalsIgnoreCase("identity");
    }

    /** By name: what is no charset at all is not looked up. */
    private static boolean isUtf8(String charset) {
        return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
    }

    private static HttpResponse page(BatchLookupWeatherResponse answer) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .build();
        return HttpResponse.of(headers, HttpData.ofUtf8(Json.print(answer)));
    }
}
