package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.GrpcEndpoint.field;
import static io.weathermesh.aggregator.rest.GrpcEndpoint.place;
import static io.weathermesh.aggregator.rest.GrpcEndpoint.watch;
import static io.weathermesh.aggregator.rest.Responses.read;
import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.PlaceQuery;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherRequest;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.ListSourcesRequest;
import io.weathermesh.proto.weather.v1.ListSourcesResponse;
import io.weathermesh.proto.weather.v1.LookupClimateRequest;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import io.weathermesh.proto.weather.v1.Weather;
import io.weathermesh.proto.weather.v1.WeatherServiceGrpc;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests over REST and gRPC: the responses must be equal. */
@Tag("jdk")
final class RestAndGrpcTest {
    private static TestGateway gateway;
    private static GrpcEndpoint door;
    private static WeatherServiceGrpc.WeatherServiceBlockingStub grpc;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
        door = GrpcEndpoint.of(gateway);
        grpc = door.calls();
    }

    @AfterAll
    static void stop() {
        door.close();
        gateway.close();
    }

    @BeforeEach
    void allProvidersRespond() {
        gateway.allProvidersRespond();
    }

    @Test
    void aHundredPlacesHaveTheSameWeather() throws Exception {
        for (Place place : Gazetteer.load().search(new PlaceQuery("s", null), 95)) {
            sameWeather(place.displayName());
        }
        for (String place : new String[] {"Cape Town", "0,0", "-33.9,18.4", "Paris", "Wien"}) {
            sameWeather(place);
        }
    }

    @Test
    void partialWeatherIsTheSame() throws Exception {
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        Weather overGrpc = grpc.lookupWeather(place("Vienna")).getWeather();
        assertThat(overGrpc.getStatus()).isEqualTo(Weather.Status.STATUS_PARTIAL);
        assertThat(Responses.weather(gateway.get("/v1/weather/Vienna"))).isEqualTo(overGrpc);
    }

    @Test
    void aBatchHasTheSameOutcomesAndItsErrorsTheSameFields() throws Exception {
        BatchLookupWeatherRequest batch = BatchLookupWeatherRequest.newBuilder()
                .addRequests(place("Vienna"))
                .addRequests(place("Viennna"))
                .addRequests(LookupWeatherRequest.newBuilder().setLatitude(48).setLongitude(16))
                .addRequests(LookupWeatherRequest.newBuilder().setLatitude(91).setLongitude(0))
                .addRequests(place("Vienna").toBuilder().setElevationMeters(9_001))
                .addRequests(place("Lima").toBuilder().setLanguageCode("es"))
                .build();
        BatchLookupWeatherResponse overGrpc = grpc.batchLookupWeather(batch);
        assertThat(readBatch(batch)).isEqualTo(overGrpc);
        assertThat(overGrpc.getResults(1).getError().getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(field(overGrpc.getResults(3).getError())).isEqualTo("requests[3].latitude");
        assertThat(field(overGrpc.getResults(4).getError())).isEqualTo("requests[4].elevation_meters");
    }

    private static BatchLookupWeatherResponse readBatch(BatchLookupWeatherRequest batch) throws Exception {
        var response = gateway.post(
                "/v1/weather:batch", JsonFormat.printer().print(batch), "Content-Type", "application/json");
        assertThat(response.statusCode()).isEqualTo(200);
        BatchLookupWeatherResponse.Builder answer = BatchLookupWeatherResponse.newBuilder();
        JsonFormat.parser()
                .usingTypeRegistry(JsonFormat.TypeRegistry.newBuilder()
                        .add(BadRequest.getDescriptor())
                        .add(ErrorInfo.getDescriptor())
                        .add(RetryInfo.getDescriptor())
                        .build())
                .merge(response.body(), answer);
        return answer.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"query=Vien", "query=Santa&pageSize=50", "query=Paris&countryCode=US&language=fr"})
    void aSearchFindsTheSamePlaces(String query) throws Exception {
        SearchLocationsRequest.Builder search = SearchLocationsRequest.newBuilder();
        parameters(query).forEach((name, value) -> {
            switch (name) {
                case "query" -> search.setQuery(value);
                case "pageSize" -> search.setPageSize(Integer.parseInt(value));
                case "countryCode" -> search.setCountryCode(value);
                default -> search.setLanguageCode(value);
            }
        });
        SearchLocationsResponse first = grpc.searchLocations(search.build());
        assertThat(first.getLocationsList()).isNotEmpty();
        assertThat(locations(query)).isEqualTo(first);
        if (!first.getNextPageToken().isEmpty()) {
            assertThat(locations(query + "&pageToken=" + encoded(first.getNextPageToken())))
                    .isEqualTo(grpc.searchLocations(
                            search.setPageToken(first.getNextPageToken()).build()));
        }
    }

    private static SearchLocationsResponse locations(String query) throws Exception {
        return read(gateway.get("/v1/locations?" + query), SearchLocationsResponse.newBuilder())
                .build();
    }

    @Test
    void theNearestPlacesAreTheSame() throws Exception {
        assertThat(locations("latitude=48.2&longitude=16.4"))
                .isEqualTo(grpc.searchLocations(SearchLocationsRequest.newBuilder()
                        .setLatitude(48.2)
                        .setLongitude(16.4)
                        .build()));
    }

    @Test
    void theClimateAndTheSourcesAreTheSame() throws Exception {
        LookupClimateRequest vienna =
                LookupClimateRequest.newBuilder().setRequest(place("Vienna")).build();
        assertThat(read(gateway.get("/v1/climate/Vienna"), Climate.newBuilder()).build())
                .isEqualTo(grpc.lookupClimate(vienna).getClimate());
        // The fake providers list no sources, so this compares their failures and the gazetteers.
        assertThat(read(gateway.get("/v1/sources"), ListSourcesResponse.newBuilder())
                        .build())
                .isEqualTo(grpc.listSources(ListSourcesRequest.getDefaultInstance()));
    }

    @Test
    void aStreamStartsWithTheResultOfALookUpAndItsEndCancelsTheProvidersStreams() throws Exception {
        try (GrpcEndpoint other = GrpcEndpoint.of(gateway)) {
            assertThat(other.calls().watchWeather(watch(place("Vienna"))).next().getWeather())
                    .isEqualTo(grpc.lookupWeather(place("Vienna")).getWeather());
        }
        gateway.temperature().awaitCancelled(PATIENCE);
    }

    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : query.split("&")) {
            parameters.put(parameter.split("=")[0], parameter.split("=")[1]);
        }
        return parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void sameWeather(String location) throws Exception {
        Weather overGrpc = grpc.lookupWeather(place(location)).getWeather();
        assertThat(overGrpc.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(Responses.weather(gateway.get("/v1/weather/" + encoded(location))))
                .as(location)
                .isEqualTo(overGrpc);
    }
}
