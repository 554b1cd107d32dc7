package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
class GazetteerTest {
    private static final Gazetteer GAZETTEER = Gazetteer.load();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Vienna | Vienna, Austria
            vienna | Vienna, Austria
            Wien | Vienna, Austria
            Viena | Vienna, Austria
            VIENNA, AT | Vienna, Austria
            Vienna, Austria | Vienna, Austria
            Vienna, Virginia, United States | Vienna, Virginia, United States
            東京 | Tokyo, Japan
            Москва | Moscow, Russia
            São Paulo | São Paulo, Brazil
            sao paulo | São Paulo, Brazil
            北京 | Beijing, China
            القاهرة | Cairo, Egypt
            Lodz | Łódź, Poland
            Tromso | Tromsø, Troms, Norway
            Duesseldorf | Düsseldorf, North Rhine-Westphalia, Germany
            Paris | Paris, Île-de-France, France
            Paris, TX, US | Paris, Texas, United States
            Paris, Texas | Paris, Texas, United States
            Potsdam | Potsdam, Brandenburg, Germany
            Oxford | Oxford, England, United Kingdom
            Utrecht | Utrecht, Netherlands
            Hong Kong | Hong Kong
            Pyongyang | Pyongyang, North Korea
            Nairobi | Nairobi, Kenya
            Reykjavík | Reykjavík, Capital Region, Iceland
            reykjavik | Reykjavík, Capital Region, Iceland
            Sana'a | Sanaa, Yemen
            St. John's, Canada | St. John's, Newfoundland and Labrador, Canada
            """)
    void findsAPlaceHoweverItIsWritten(String text, String displayName) {
        assertThat(find(text, null).displayName()).isEqualTo(displayName);
    }

    /** A list of airports says so where it does not know the town; programs say so where they have a bug. */
    @Test
    void nothingIsCalledNull() {
        assertThat(GAZETTEER.find(new PlaceQuery("null", null))).isNotInstanceOf(Resolution.Found.class);
    }

    @Test
    void aCountryCodeNarrows() {
        assertThat(find("London", null).countryCode()).isEqualTo("GB");
        assertThat(find("London", "ca").displayName()).isEqualTo("London, Ontario, Canada");
    }

    @Test
    void othersOfTheNameAreListedByProminence() {
        Resolution.Found london = (Resolution.Found) GAZETTEER.find(new PlaceQuery("London", null));
        assertThat(london.alternatives())
                .extracting(Place::displayName)
                .startsWith("London, Ontario, Canada", "London, Kentucky, United States")
                .doesNotContain(london.place().displayName());
        assertThat(GAZETTEER.find(new PlaceQuery("Springfield", null)))
                .isInstanceOfSatisfying(Resolution.Found.class, found -> assertThat(found.alternatives())
                        .hasSize(Gazetteer.MAX_ALTERNATIVES));
    }

    /** What the list of cities lacks or has elsewhere, the core table has. */
    @ParameterizedTest
    @CsvSource({
        "Hong Kong, 22.3, 114.2",
        "Pyongyang, 39.0, 125.8",
        "Tangshan, 39.6, 118.2",
        "Shijiazhuang, 38.0, 114.5",
        "Omdurman, 15.6, 32.5",
        "Depok, -6.4, 106.8",
        "Maiduguri, 11.8, 13.2"
    })
    void theCoreTableFillsTheHolesOfTheListOfCities(String text, double latitude, double longitude) {
        assertThat(find(text, null).kilometersTo(latitude, longitude)).isLessThan(25);
    }

    @Test
    void theCoreTablesFiguresWinAndTheListOfCitiesAddsNames() {
        Place vienna = find("Wien", null);
        assertThat(vienna.gazetteer()).isEqualTo("core");
        assertThat(vienna.elevationMeters()).isEqualTo(171);
        assertThat(vienna.population()).isEqualTo(2_000_000);
        assertThat(vienna.name(Language.of("de-AT"))).isEqualTo("Wien");
        assertThat(vienna.displayName(Language.GERMAN)).isEqualTo("Wien, Österreich");
        assertThat(vienna.name(Language.of("ru"))).isEqualTo("Вена");
        assertThat(vienna.name(Language.of("tlh"))).isEqualTo("Vienna");
    }

    @Test
    void aPlaceOfTheListOfCitiesTellsOnlyWhatIsKnown() {
        Place town = find("Hasselfelde", null);
        assertThat(town.gazetteer()).isEqualTo("cities");
        assertThat(town.displayName()).isEqualTo("Hasselfelde, Saxony-Anhalt, Germany");
        assertThat(town.timeZone()).isEqualTo("Europe/Berlin");
        assertThat(town.elevationMeters()).isNull();
        assertThat(town.population()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "LOWW, LOWW, VIE, 183",
        "loww, LOWW, VIE, 183",
        "VIE, LOWW, VIE, 183",
        "JFK, KJFK, JFK, 4",
        "EDDB, EDDB, SXF, 48",
        "Heathrow Airport, EGLL, LHR, 25",
        "ENSB, ENSB, LYR, 27"
    })
    void airportsAreFoundByCodeAndName(String text, String icao, String iata, double elevation) {
        Place airport = find(text.equals("Heathrow Airport") ? "London Heathrow Airport" : text, null);
        assertThat(airport.icaoCode()).isEqualTo(icao);
        assertThat(airport.iataCode()).isEqualTo(iata);
        assertThat(airport.elevationMeters()).isEqualTo(elevation);
        assertThat(airport.timeZone()).isNotNull();
        assertThat(airport.gazetteer()).isEqualTo("airports");
    }

    @Test
    void aLargeCityWinsOverTheCodeOfAnAirport() {
        assertThat(find("LIMA", null).displayName()).isEqualTo("Lima, Peru");
        assertThat(find("Ulm", null).countryCode()).isEqualTo("DE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wien, Österreich | Vienna, Austria
            Москва, Россия | Moscow, Russia
            Muenchen | Munich, Bavaria, Germany
            St Louis | St. Louis, Missouri, United States
            Saint Petersburg, Russia | Saint Petersburg, Russia
            Washington, D.C., U.S.A. | Washington, District of Columbia, United States
            Sydney, NSW | Sydney, New South Wales, Australia
            上海 | Shanghai, China
            Koeln | Cologne, North Rhine-Westphalia, Germany
            Hong Kong, China | Hong Kong
            Hong Kong, CN | Hong Kong
            """)
    void understandsOtherWaysToSayIt(String text, String displayName) {
        assertThat(find(text, null).displayName()).isEqualTo(displayName);
    }

    @ParameterizedTest
    @CsvSource({
        "Vinna, Vienna",
        "Viennna, Vienna",
        "Veinna, Vienna",
        "Xienna, Vienna",
        "Ivenna, Vienna",
        "ienna, Vienna",
        "Berlni, Berlin",
        "Nairobbi, Nairobi",
        "Reykjavk, Reykjavík",
        "Мосвка, Moscow"
    })
    void suggestsWhatWasProbablyMeant(String typed, String meant) {
        assertThat(GAZETTEER.find(new PlaceQuery(typed, null)))
                .isInstanceOfSatisfying(Resolution.NotFound.class, missed -> assertThat(missed.suggestions())
                        .hasSizeLessThanOrEqualTo(Gazetteer.MAX_ALTERNATIVES)
                        .extracting(Place::name)
                        .contains(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qwertzuiop",
                "Paris, Antarctica",
                "Vienna, Texas",
                "x",
                "!",
                ",",
                "ﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀ"
            })
    void whatIsNowhereIsNotFound(String text) {
        assertThat(GAZETTEER.find(new PlaceQuery(text, null))).isInstanceOf(Resolution.NotFound.class);
    }

    @Test
    void searchesByTheBeginningOfANameWithTheMostPeopleFirst() {
        assertThat(GAZETTEER.search(new PlaceQuery("san", null), 3))
                .extracting(Place::name)
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(GAZETTEER.search(new PlaceQuery("santiag", null), 2))
                .extracting(Place::displayName)
                .startsWith("Santiago, Chile");
        assertThat(GAZETTEER.search(new PlaceQuery("vienna int", null), 3))
                .extracting(Place::icaoCode)
                .containsExactly("LOWW");
        assertThat(GAZETTEER.search(new PlaceQuery("zzzz", null), 3)).isEmpty();
    }

    /** A list's entry that somebody chooses is asked for by what it displayed. */
    @ParameterizedTest
    @ValueSource(strings = {"cities.index", "airports.index"})
    void whatIsDisplayedLeadsToThePlaceThatDisplaysIt(String index) {
        PlaceTable table = PlaceIndex.load(index).table();
        for (int i = 0; i < table.count(); i += 23) {
            String displayed = table.place(i).displayName();
            assertThat(find(displayed, null).displayName()).isEqualTo(displayed);
        }
    }

    @Test
    void noTwoEntriesOfASearchDisplayTheSame() {
        assertThat(GAZETTEER.search(new PlaceQuery("san", null), 1_000))
                .extracting(Place::displayName)
                .doesNotHaveDuplicates();
    }

    /** Among them prefixes of which a name in between is displayed twice, and some that towns and airports share. */
    @Test
    void pagesPutTogetherAreTheWholeSearch() {
        for (String query : prefixes()) {
            List<Place> whole = GAZETTEER.search(new PlaceQuery(query, null), Gazetteer.MAX_LISTED);
            for (int end = 0; end < whole.size() + 10; end += 10) {
                assertThat(GAZETTEER.search(new PlaceQuery(query, null), end + 1))
                        .as("%s, up to %d", query, end)
                        .isEqualTo(whole.subList(0, Math.min(end + 1, whole.size())));
            }
        }
    }

    private static List<String> prefixes() {
        return Stream.concat(
                        Stream.of("ber", "aue", "東", "мос"),
                        IntStream.range(0, 60)
                                .mapToObj(i -> "" + (char) ('a' + i % 26) + (char) ('a' + i * 7 % 26)
                                        + (char) ('a' + i * 11 % 26)))
                .toList();
    }

    @Test
    void whereTheRegionIsNamedPlacesThereAreSuggested() {
        assertThat(suggestions("Springfeild, IL")).first().isEqualTo("Springfield, Illinois, United States");
        assertThat(suggestions("Springfeild, IL")).allMatch(name -> name.contains("Illinois"));
        assertThat(suggestions("Viennna, Texass")).contains("Vienna, Austria");
    }

    private static List<String> suggestions(String text) {
        return ((Resolution.NotFound) GAZETTEER.find(new PlaceQuery(text, null)))
                .suggestions().stream().map(Place::displayName).toList();
    }

    @Test
    void tellsThePlacesNearestToCoordinates() {
        assertThat(GAZETTEER.nearest(48.21, 16.37, null, 1))
                .extracting(Place::name)
                .containsExactly("Vienna");
        assertThat(GAZETTEER.nearest(48.21, 16.37, "SK", 1))
                .extracting(Place::countryCode)
                .containsExactly("SK");
        assertThat(GAZETTEER.nearest(-48.876, -123.393, null, 1)).hasSize(1);
    }

    private static Place find(String text, @Nullable String countryCode) {
        Resolution resolution = GAZETTEER.find(new PlaceQuery(text, countryCode));
        assertThat(resolution).as(text).isInstanceOf(Resolution.Found.class);
        return ((Resolution.Found) resolution).place();
    }
}
