package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/weather:batch}: {@code BatchLookupWeather} in its JSON form. */
final class BatchRoute implements BatchService<LookupWeatherRequest> {
    private static final String PATH = "/v1/weather:batch";

    private final WeatherLookup lookup;
    private final RequestScope scope;

    BatchRoute(WeatherLookup lookup, RequestScope scope) {
        this.lookup = lookup;
        this.scope = scope;
    }

    void addTo(Routes routes) {
        routes.batch(PATH, this);
    }

    @Override
    public List<LookupWeatherRequest> read(ServiceRequestContext context, HttpRequest http, byte[] body) {
        String target = RequestTarget.of(context, http);
        RequestTarget.check(target);
        Parameters.none(RequestTarget.query(target));
        return BatchBody.read(body);
    }

    @Override
    public CompletionStage<HttpResponse> respond(ServiceRequestContext context, List<LookupWeatherRequest> requests) {
        return scope.run(context, () -> lookup.batch(requests))
                .thenApplyAsync(
                        batch -> respond(context, batch),
                        context.blockingTaskExecutor().withoutContext());
    }

    private static HttpResponse respond(ServiceRequestContext context, BatchLookupWeatherResponse batch) {
        RequestRecord.of(context).ifPresent(record -> record.respondedWith(batch));
        return HttpResponse.of(
                CacheHeaders.noStore(HttpStatus.OK, MediaType.JSON_UTF_8).build(), HttpData.ofUtf8(Json.print(batch)));
    }
}
