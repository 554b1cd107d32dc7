package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache of unknown names, in front of the real gazetteer. */
final class PlaceFinderTest {
    private static final Gazetteer GAZETTEER = Gazetteer.load();
    private static final LookupWeatherRequest MISSPELLED =
            LookupWeatherRequest.newBuilder().setLocation("Viennna").build();

    private final CacheMeters meters = new CacheMeters(new SimpleMeterRegistry());
    private final PlaceFinder places = PlaceFinder.cached(GAZETTEER, meters);

    @Test
    void anUnknownNameHasTheSameSuggestionsFromTheCache() {
        PlaceNotFoundException direct = notFound(new PlaceFinder(GAZETTEER), MISSPELLED);
        assertThat(direct.suggestions()).contains("Vienna, Austria");
        for (int i = 0; i < 3; i++) {
            assertThat(notFound(places, MISSPELLED).suggestions()).isEqualTo(direct.suggestions());
        }
        assertThat(meters.page()).isEqualTo("unknown places: 1 of at most 2000 entries, hit 2, miss 1\n");
    }

    @Test
    void anUnknownNameInAnotherCountryIsAnotherEntry() {
        notFound(places, MISSPELLED);
        notFound(places, MISSPELLED.toBuilder().setCountryCode("US").build());
        assertThat(meters.page()).isEqualTo("unknown places: 2 of at most 2000 entries, hit 0, miss 2\n");
    }

    @Test
    void aKnownNameIsNotCached() {
        places.find(LookupWeatherRequest.newBuilder().setLocation("Vienna").build());
        assertThat(meters.page()).isEqualTo("unknown places: 0 of at most 2000 entries, hit 0, miss 0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"48.21 16.37", "48.21N 16.37E", "48°12'N 16°22'E", "N48.2 E16.4", "48.21;16.37", "48,21 16,37"})
    void coordinatesInAnotherFormAreRefusedWithAnExample(String text) {
        assertThat(invalid(text)).hasMessageEndingWith("but must be a name, or coordinates such as 48.21,16.37");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1010", "90210", "12345-6789", "SW1A 1AA", "k1a 0b1", "1012 AB", "150-0002"})
    void aPostalCodeIsRefusedAsNotSupported(String text) {
        assertThat(invalid(text)).hasMessageEndingWith("postal codes are not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Area 51x", "Qwertz 7", "Terminal 2, Heathrow"})
    void anUnknownNameWithDigitsIsNotFound(String text) {
        assertThat(notFound(
                        places,
                        LookupWeatherRequest.newBuilder().setLocation(text).build()))
                .isNotNull();
    }

    private InvalidFieldException invalid(String text) {
        return catchThrowableOfType(
                InvalidFieldException.class,
                () -> places.find(
                        LookupWeatherRequest.newBuilder().setLocation(text).build()));
    }

    private static PlaceNotFoundException notFound(PlaceFinder places, LookupWeatherRequest request) {
        return catchThrowableOfType(PlaceNotFoundException.class, () -> places.find(request));
    }
}
