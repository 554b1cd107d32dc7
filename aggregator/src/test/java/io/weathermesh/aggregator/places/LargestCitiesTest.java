package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Asks for the largest cities of somebody else's list: what is in the gazetteer says nothing of what is not. */
class LargestCitiesTest {
    private static final double NEAR_KM = 25;

    /** Of 1,000. The list has some 20 cities under names that nobody else calls them by, or where they are not. */
    private static final int ENOUGH = 970;

    private record City(String name, String countryCode, double latitude, double longitude) {}

    @Test
    void nearlyAllCitiesOfAnotherListAreFoundAtTheSamePoint() throws Exception {
        Gazetteer gazetteer = Gazetteer.load();
        List<City> cities = largest();
        List<String> missed = cities.stream()
                .filter(city -> !resolves(gazetteer, city))
                .map(City::toString)
                .toList();
        assertThat(cities).hasSize(1_000);
        assertThat(missed).hasSizeLessThanOrEqualTo(1_000 - ENOUGH);
    }

    private static boolean resolves(Gazetteer gazetteer, City city) {
        return gazetteer.find(new PlaceQuery(city.name() + ", " + city.countryCode(), null)).stream()
                .limit(1)
                .anyMatch(place -> place.kilometersTo(city.latitude(), city.longitude()) <= NEAR_KM);
    }

    private static List<City> largest() throws Exception {
        try (InputStream in = LargestCitiesTest.class.getResourceAsStream("largest-cities.psv");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells ->
                            new City(cells[0], cells[1], Double.parseDouble(cells[2]), Double.parseDouble(cells[3])))
                    .toList();
        }
    }
}
