package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesOverRestTest {
    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Vienna | Vienna, Austria
            Wien | Vienna, Austria
            Viena | Vienna, Austria
            東京 | Tokyo, Japan
            Москва | Moscow, Russia
            São Paulo | São Paulo, Brazil
            Hong Kong | Hong Kong
            Paris, TX, US | Paris, Texas, United States
            Potsdam | Potsdam, Brandenburg, Germany
            Oxford | Oxford, England, United Kingdom
            Utrecht | Utrecht, Netherlands
            LOWW | Vienna International Airport, Austria
            JFK | John F Kennedy International Airport, United States
            Nairobi | Nairobi, Kenya
            Reykjavík | Reykjavík, Capital Region, Iceland
            Pyongyang | Pyongyang, North Korea
            Tangshan | Tangshan, Hebei, China
            """)
    void commonNamesAreFound(String name, String displayName) throws Exception {
        JsonObject location =
                object(gateway.get("/v1/weather/" + encoded(name))).getAsJsonObject("location");
        assertThat(location.get("displayName").getAsString()).isEqualTo(displayName);
    }

    /** Nan in Thailand, and a place in France that the gazetteer calls 1. */
    @ParameterizedTest
    @ValueSource(strings = {"nan", "1"})
    void aSuggestedNameThatStartsLikeANumberIsFound(String beginning) throws Exception {
        JsonArray suggested =
                object(gateway.get("/v1/locations?query=" + beginning)).getAsJsonArray("locations");
        for (JsonElement each : suggested) {
            String name = each.getAsJsonObject().get("displayName").getAsString();
            JsonObject location =
                    object(gateway.get("/v1/weather/" + encoded(name))).getAsJsonObject("location");
            assertThat(location.get("displayName").getAsString()).isEqualTo(name);
        }
    }

    @Test
    void anAirportHasItsCodesAndItsElevation() throws Exception {
        JsonObject airport = object(gateway.get("/v1/weather/LOWW")).getAsJsonObject("location");
        assertThat(airport.get("icaoCode").getAsString()).isEqualTo("LOWW");
        assertThat(airport.get("iataCode").getAsString()).isEqualTo("VIE");
        assertThat(airport.get("elevationMeters").getAsDouble()).isEqualTo(183);
        assertThat(airport.get("gazetteer").getAsString()).isEqualTo("airports");
        assertThat(airport.has("population")).isFalse();
    }

    @Test
    void namesAreInTheRequestedLanguage() throws Exception {
        JsonObject location =
                object(gateway.get("/v1/weather/Vienna?language=de")).getAsJsonObject("location");
        assertThat(location.get("name").getAsString()).isEqualTo("Wien");
        assertThat(location.get("displayName").getAsString()).isEqualTo("Wien, Österreich");
    }

    @ParameterizedTest
    @CsvSource({"query=Spring", "'latitude=48.2&longitude=16.4'"})
    void aTokenContinuesAfterThePreviousPage(String search) throws Exception {
        List<String> paged = new ArrayList<>();
        String token = "";
        for (int page = 0; page < 3; page++) {
            JsonObject answer = object(gateway.get("/v1/locations?" + search + "&pageSize=5&pageToken=" + token));
            paged.addAll(names(answer));
            token = answer.get("nextPageToken").getAsString();
        }
        assertThat(paged)
                .isEqualTo(names(object(gateway.get("/v1/locations?" + search + "&pageSize=15"))))
                .hasSize(15);
    }

    @Test
    void theLastPageHasNoToken() throws Exception {
        assertThat(object(gateway.get("/v1/locations?query=Reykjav%C3%ADk")).has("nextPageToken"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"garbage", "AAAAAA", "AAAAAAAAAAA", "%21%21"})
    void anInvalidTokenIsRefused(String token) throws Exception {
        assertRefused("/v1/locations?query=Spring&pageToken=" + token);
    }

    @Test
    void aTokenOfAnotherSearchIsRefused() throws Exception {
        String token = object(gateway.get("/v1/locations?query=Spring&pageSize=5"))
                .get("nextPageToken")
                .getAsString();
        assertRefused("/v1/locations?query=Winter&pageSize=5&pageToken=" + token);
    }

    @Test
    void aSearchNearCoordinatesCanBeNarrowedToACountry() throws Exception {
        assertThat(object(gateway.get("/v1/locations?latitude=48.2&longitude=16.4&countryCode=SK&pageSize=3"))
                        .getAsJsonArray("locations"))
                .extracting(place -> place.getAsJsonObject().get("countryCode").getAsString())
                .containsOnly("SK")
                .hasSize(3);
    }

    @Test
    void theCountryCodeOfAPlaceSelectsItsCountry() throws Exception {
        assertThat(object(gateway.get("/v1/weather/Pristina?countryCode=XK"))
                        .getAsJsonObject("location")
                        .get("countryCode")
                        .getAsString())
                .isEqualTo("XK");
    }

    @Test
    void theListsOfPlacesAreCreditedAmongTheSources() throws Exception {
        JsonArray lists = object(gateway.get("/v1/sources")).getAsJsonArray("gazetteers");
        assertThat(lists)
                .extracting(list -> list.getAsJsonObject().get("id").getAsString())
                .containsExactly("core", "cities", "airports");
        assertThat(lists).allSatisfy(list -> {
            assertThat(list.getAsJsonObject().get("attribution").getAsString()).isNotEmpty();
            assertThat(list.getAsJsonObject().get("licenseUri").getAsString()).startsWith("https://");
        });
    }

    private static void assertRefused(String target) throws Exception {
        HttpResponse<String> response = gateway.get(target);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(object(response)
                        .getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("parameter")
                        .getAsString())
                .isEqualTo("pageToken");
    }

    private static List<String> names(JsonObject answer) {
        List<String> names = new ArrayList<>();
        for (JsonElement location : answer.getAsJsonArray("locations")) {
            names.add(location.getAsJsonObject().get("displayName").getAsString());
        }
        return names;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonObject object(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }
}
