package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.Responses.problem;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse.Result;
import io.weathermesh.proto.weather.v1.Weather;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches over real sockets. */
final class BatchRouteTest {
    private static final String BATCH = "/v1/weather:batch";
    private static final String[] JSON = {"Content-Type", "application/json"};

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    @BeforeEach
    void allProvidersRespond() {
        gateway.allProvidersRespond();
    }

    @Test
    void everyRequestHasItsResultInOrder() throws Exception {
        HttpResponse<String> response = gateway.post(BATCH, """
                {"requests": [
                  {"location": "Berlin"},
                  {"location": "Berlinn"},
                  {"latitude": 48.21, "longitude": 16.37, "elevationMeters": 171},
                  {"latitude": 91, "longitude": 0},
                  {"location": "Berlin", "countryCode": "DE", "languageCode": "de"}
                ]}""", JSON);
        BatchLookupWeatherResponse batch = batch(response);
        assertThat(batch.getResultsList().stream().map(Result::getOutcomeCase))
                .containsExactly(
                        Result.OutcomeCase.WEATHER,
                        Result.OutcomeCase.ERROR,
                        Result.OutcomeCase.WEATHER,
                        Result.OutcomeCase.ERROR,
                        Result.OutcomeCase.WEATHER);
        assertThat(batch.getResults(0).getWeather().getLocation().getName()).isEqualTo("Berlin");
        assertThat(batch.getResults(0).getWeather().getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(batch.getResults(1).getError().getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
        assertThat(batch.getResults(1)
                        .getError()
                        .getDetails(0)
                        .unpack(ErrorInfo.class)
                        .getMetadataMap())
                .hasEntrySatisfying("suggestions", names -> assertThat(names).contains("Berlin, Germany"));
        assertThat(batch.getResults(2).getWeather().getLocation().getElevationMeters())
                .isEqualTo(171);
        assertThat(batch.getResults(3).getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(header(response, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void aHundredPlacesCostOneCallToEachProvider() throws Exception {
        int before = gateway.temperature().calls();
        assertThat(batch(gateway.post(BATCH, places(100), JSON)).getResultsList())
                .hasSize(100)
                .allMatch(Result::hasWeather);
        assertThat(gateway.temperature().calls() - before).isEqualTo(1);
    }

    @Test
    void aMissingProviderMakesEachPlacePartial() throws Exception {
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        BatchLookupWeatherResponse batch = batch(gateway.post(BATCH, places(3), JSON));
        assertThat(batch.getResultsList()).hasSize(3).allSatisfy(result -> {
            assertThat(result.getWeather().getStatus()).isEqualTo(Weather.Status.STATUS_PARTIAL);
            assertThat(result.getWeather().getProblems(0).getProvider()).isEqualTo("humidity-provider");
        });
    }

    /** What is no place does not save it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\": [{\"location\": \"Vienna\"}, {\"latitude\": 1, \"longitude\": 2}]}",
                "{\"requests\": [{\"location\": \"Vienna\"}, {\"location\": \"Viennna\"}, {\"latitude\": 91, \"longitude\": 2}]}"
            })
    void withoutAnyProviderTheWholeBatchFails(String questions) throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.FAILS);
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> response = gateway.post(BATCH, questions, JSON);
        problem(response, 503, "providers-unavailable");
        assertThat(header(response, "retry-after")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"requests": []}                                             | requests
            {}                                                           | requests
            {"requests": null}                                           | requests
            {"requests": "Berlin"}                                       | requests
            {"requests": [1, 2]}                                         | requests[0]
            {"requests": [{"location": "a"}, null]}                      | requests[1]
            {"requests": [{"location": ["a"]}]}                          | requests[0].location
            {"requests": [{"latitude": "48 N", "longitude": 1}]}         | requests[0].latitude
            {"requests": [{"latitude": "NaN", "longitude": 1}]}          | requests[0].latitude
            {"requests": [{"latitude": 1e99999, "longitude": 1}]}        | requests[0].latitude
            {"requests": [{"latitude": true, "longitude": 1}]}           | requests[0].latitude
            {"requests": [{"location": 1}]}                              | requests[0].location
            {"requests": [{"location": "a", "country": "AT"}]}           | requests[0].country
            {"requests": [{"countryCode": "AT", "country_code": "AT"}]}  | requests[0].country_code
            {"requests": [null]}                                         | requests[0]
            {"requests": [{"place": "Berlin"}]}                          | requests[0].place
            {"requests": [{"location": "a", "location": "b"}]}           | requests[0].location
            {"requests": [{"location": "a"}], "requests": []}            | requests
            {"questions": []}                                            | questions
            {"requests": [{"location": "\\ud800"}]}                      | requests[0].location
            []                                                           | body
            """)
    void anInvalidFieldOfABatchIsNamed(String body, String parameter) throws Exception {
        JsonObject problem = problem(gateway.post(BATCH, body, JSON), 400, "invalid-parameter");
        assertThat(problem.getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("parameter")
                        .getAsString())
                .isEqualTo(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'requests': [{'location': 'Cork', 'latitude': null, 'longitude': null}]}",
                "{'requests': [{'location': 'Cork', 'country_code': 'IE', 'language_code': 'de'}]}",
                "{'requests': [{'latitude': '51.9', 'longitude': '-8.47'}]}",
                "{'requests': [{'latitude': 5.19E1, 'longitude': -847e-2, 'elevation_meters': '2e1'}]}",
                "{'requests': [{'location': null, 'latitude': 51.9, 'longitude': -8.47}]}"
            })
    void everyFormOfProtoJsonIsAccepted(String body) throws Exception {
        assertThat(batch(gateway.post(BATCH, body.replace('\'', '"'), JSON))
                        .getResults(0)
                        .hasWeather())
                .isTrue();
    }

    /** A field has one name in the URL and another in the body. */
    @Test
    void aNameOfTheUrlIsRefusedWithThatOfTheBody() throws Exception {
        assertThat(problem(
                                gateway.post(BATCH, "{\"requests\": [{\"language\": \"de\"}]}", JSON),
                                400,
                                "invalid-parameter")
                        .get("detail")
                        .getAsString())
                .isEqualTo("requests[0].language is unknown, but must be languageCode.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{",
                "{\"requests\": [{\"location\": \"a\"}",
                "{\"requests\": [{\"location\": \"a\"}]} x",
                "{\"requests\": [{\"latitude\": NaN, \"longitude\": 0}]}",
                "{\"requests\": [{'location': 'a'}]}",
                "{\"requests\": [{\"location\": \"a\"},]}"
            })
    void aBodyThatIsNotJsonIsMalformed(String body) throws Exception {
        problem(gateway.post(BATCH, body, JSON), 400, "malformed-request");
    }

    @Test
    void deepNestingIsNotFollowed() throws Exception {
        problem(gateway.post(BATCH, "[".repeat(30_000), JSON), 400, "invalid-parameter");
        problem(gateway.post(BATCH, "{\"requests\":".repeat(4_000), JSON), 400, "invalid-parameter");
    }

    @Test
    void aBatchHasAtMost100RequestsAndALimitedBody() throws Exception {
        problem(gateway.post(BATCH, places(101), JSON), 400, "invalid-parameter");
        problem(gateway.post(BATCH, places(10_000), JSON), 413, "request-too-large");
    }

    @Test
    void onlyPlainJsonInUtf8IsAccepted() throws Exception {
        for (String type : new String[] {
            "application/xml",
            "text/plain",
            "application/json; charset=utf-16",
            "application/json; charset=bogus",
            "application/json; charset=\"a b\"",
            "application/json; charset=",
            "application/json; charset=utf-8; charset=utf-16"
        }) {
            problem(gateway.post(BATCH, places(1), "Content-Type", type), 415, "unsupported-media-type");
        }
        problem(gateway.post(BATCH, places(1)), 415, "unsupported-media-type");
        problem(
                gateway.post(BATCH, places(1), "Content-Type", "application/json", "Content-Encoding", "gzip"),
                415,
                "unsupported-media-type");
        assertThat(gateway.post(BATCH, places(1), "Content-Type", "application/json; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBatchTakesNoParameters() throws Exception {
        problem(gateway.post(BATCH + "?verbose=1", places(1), JSON), 400, "invalid-parameter");
    }

    private static String places(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"latitude\": " + i % 90 + ", \"longitude\": " + i % 180 + "}")
                .collect(Collectors.joining(", ", "{\"requests\": [", "]}"));
    }

    private static BatchLookupWeatherResponse batch(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        BatchLookupWeatherResponse.Builder batch = BatchLookupWeatherResponse.newBuilder();
        JsonFormat.parser()
                .usingTypeRegistry(TypeRegistry.newBuilder()
                        .add(BadRequest.getDescriptor())
                        .add(ErrorInfo.getDescriptor())
                        .add(RetryInfo.getDescriptor())
                        .build())
                .merge(response.body(), batch);
        return batch.build();
    }
}
