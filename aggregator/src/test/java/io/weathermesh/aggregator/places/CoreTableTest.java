package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A table written by hand has mistakes of the hand; these find them. */
class CoreTableTest {
    /** Kosovo has no code in ISO 3166-1; everybody uses this one. */
    private static final String KOSOVO = "XK";

    /** Territories without a permanent population of note, or whose weather is asked for by coordinates. */
    private static final Set<String> WITHOUT_A_PLACE = Set.of(
            "AI", "AX", "BL", "BQ", "BV", "CC", "CX", "GG", "GP", "GS", "HM", "IM", "IO", "JE", "KY", "MF", "MP", "MQ",
            "MS", "NF", "NU", "PM", "PN", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT");

    private static final Instant JANUARY = Instant.parse("2026-01-15T12:00:00Z");

    private final List<Place> places = CoreTable.read();

    @Test
    void hasTheCitiesOfTheWorld() {
        assertThat(places).hasSizeGreaterThan(800);
        assertThat(places.stream().filter(place -> place.population() >= 1_000_000))
                .hasSizeGreaterThan(400);
    }

    @Test
    void hasAPlaceInEveryCountry() {
        Set<String> missing = new TreeSet<>(List.of(Locale.getISOCountries()));
        places.forEach(place -> missing.remove(place.countryCode()));
        missing.removeAll(WITHOUT_A_PLACE);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPlaceIsSomewhereOnEarth() {
        assertThat(places).allSatisfy(place -> {
            assertThat(place.latitude()).isBetween(-90.0, 90.0);
            assertThat(place.longitude()).isBetween(-180.0, 180.0);
            assertThat(place.elevationMeters()).isBetween(-450.0, 5_100.0);
            assertThat(place.population()).isBetween(0, 40_000_000);
        });
    }

    @Test
    void everyCountryIsOneOfIso3166() {
        assertThat(places)
                .allMatch(place -> place.countryCode().equals(KOSOVO) || Countries.isCode(place.countryCode()));
    }

    /** Clocks follow the sun within four and a half hours, even in the west of China and in Kiribati. */
    @Test
    void everyTimeZoneFitsTheLongitude() {
        assertThat(places).allSatisfy(place -> {
            double clock =
                    ZoneId.of(place.timeZone()).getRules().getOffset(JANUARY).getTotalSeconds() / 3600.0;
            double apart = Math.abs(clock - place.longitude() / 15);
            boolean pole = place.latitude() < -75;
            assertThat(pole ? 0 : Math.min(apart, 24 - apart)).isLessThan(4.5);
        });
    }

    @Test
    void noPlaceStandsTwice() {
        Set<String> seen = places.stream()
                .map(place -> place.name() + "|" + place.region() + "|" + place.countryCode())
                .collect(Collectors.toSet());
        assertThat(seen).hasSameSizeAs(places);
    }

    @Test
    void placesOfOneNameInOneCountryHaveRegionsToTellThemApart() {
        for (Place one : places) {
            long unnamed = places.stream()
                    .filter(other -> other.name().equals(one.name())
                            && other.countryCode().equals(one.countryCode())
                            && other.region() == null)
                    .count();
            assertThat(unnamed).as(one.displayName()).isLessThanOrEqualTo(1);
        }
    }
}
