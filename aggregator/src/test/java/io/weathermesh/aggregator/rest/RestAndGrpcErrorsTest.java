package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.GrpcEndpoint.detail;
import static io.weathermesh.aggregator.rest.GrpcEndpoint.field;
import static io.weathermesh.aggregator.rest.GrpcEndpoint.place;
import static io.weathermesh.aggregator.rest.GrpcEndpoint.refusal;
import static io.weathermesh.aggregator.rest.GrpcEndpoint.watch;
import static io.weathermesh.aggregator.rest.Responses.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.weathermesh.proto.weather.v1.LookupClimateRequest;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.WatchWeatherRequest;
import io.weathermesh.proto.weather.v1.WeatherServiceGrpc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same invalid requests over REST and gRPC: each is refused with the same reason. */
final class RestAndGrpcErrorsTest {
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

    /** The name in a URL, and in the contract. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latitude=91&longitude=0          | latitude     | latitude
            latitude=48                      | longitude    | longitude
            location=Vienna&elevation=9001   | elevation    | elevation_meters
            location=Vienna&countryCode=XX   | countryCode  | country_code
            location=Vienna&language=1       | language     | language_code
            location=...                     | location     | location
            """)
    void anInvalidFieldIsNamedByRestAndGrpcInTheirOwnTerms(String query, String parameter, String field)
            throws Exception {
        LookupWeatherRequest.Builder question = LookupWeatherRequest.newBuilder();
        RestAndGrpcTest.parameters(query).forEach((name, value) -> {
            switch (name) {
                case "latitude" -> question.setLatitude(Double.parseDouble(value));
                case "longitude" -> question.setLongitude(Double.parseDouble(value));
                case "elevation" -> question.setElevationMeters(Double.parseDouble(value));
                case "countryCode" -> question.setCountryCode(value);
                case "language" -> question.setLanguageCode(value);
                default -> question.setLocation(value);
            }
        });
        LookupWeatherRequest asked = question.build();
        JsonObject error = problem(gateway.get("/v1/weather?" + query), 400, "invalid-parameter")
                .getAsJsonArray("errors")
                .get(0)
                .getAsJsonObject();
        assertThat(error.get("parameter").getAsString()).isEqualTo(parameter);
        assertThat(field(refusal(() -> grpc.lookupWeather(asked)))).isEqualTo(field);
        assertThat(field(refusal(() -> grpc.watchWeather(watch(asked)).next()))).isEqualTo("request." + field);
        assertThat(field(refusal(() -> grpc.lookupClimate(
                        LookupClimateRequest.newBuilder().setRequest(asked).build()))))
                .isEqualTo("request." + field);
    }

    @Test
    void intervalsOfAStreamAreNotNested() {
        WatchWeatherRequest hasty = watch(place("Vienna")).toBuilder()
                .setMinInterval(Duration.newBuilder().setNanos(1))
                .build();
        assertThat(field(refusal(() -> grpc.watchWeather(hasty).next()))).isEqualTo("min_interval");
    }

    @Test
    void anUnknownPlaceIsNotFoundWithTheSameSuggestions() throws Exception {
        var suggestions = problem(gateway.get("/v1/weather/Viennna"), 404, "place-not-found")
                .getAsJsonArray("suggestions");
        com.google.rpc.Status refused = refusal(() -> grpc.lookupWeather(place("Viennna")));
        assertThat(refused.getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(detail(refused, ErrorInfo.class).getMetadataOrThrow("suggestions"))
                .startsWith(suggestions.get(0).getAsString() + "; ");
        assertThat(refusal(() -> grpc.watchWeather(watch(place("Viennna"))).next())
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND.value());
    }

    @Test
    void restAndGrpcHaveTheSameRetryDelay() throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.FAILS);
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        var response = gateway.get("/v1/weather/Vienna");
        problem(response, 503, "providers-unavailable");
        com.google.rpc.Status refused = refusal(() -> grpc.lookupWeather(place("Vienna")));
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE.value());
        assertThat(TestGateway.header(response, "retry-after"))
                .isEqualTo(Long.toString(
                        detail(refused, RetryInfo.class).getRetryDelay().getSeconds()));
    }
}
