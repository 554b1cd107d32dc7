package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
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
    private static final String BUSIEST_AIRPORTS = """
            ATL DXB DFW LHR HND DEN IST ORD LAX DEL CAN CDG ICN PVG AMS JFK MAD SIN FRA BKK MCO LAS CLT PEK CGK
            MIA SEA SZX BOM PHX BCN HKG FCO SHA EWR SFO IAH LGW KUL MNL MUC MEX CTU CKG GRU DOH JED BOS TFU XIY
            HGH KMG SAW AYT DME SVO NRT KIX SYD MEL BLR LIS DUB ORY VIE ZRH CPH ARN OSL MAN STN PMI ATH WAW BRU
            DUS HAM BER MSP DTW FLL LGA PHL BWI SLC SAN DCA IAD TPA YYZ YVR CUN BOG LIM SCL EZE CAI JNB RUH ADD""";

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
    void aPlaceIsFoundInAnySpelling(String text, String displayName) {
        assertThat(find(text, null).displayName()).isEqualTo(displayName);
    }

    /** The list of airports has it for unknown towns, and clients send it by mistake. */
    @Test
    void noPlaceHasTheNameNull() {
        assertThat(GAZETTEER.find(new PlaceQuery("null", null))).isEmpty();
    }

    @Test
    void aCountryCodeLimitsTheResult() {
        assertThat(find("London", null).countryCode()).isEqualTo("GB");
        assertThat(find("London", "ca").displayName()).isEqualTo("London, Ontario, Canada");
    }

    @Test
    void alternativesAreInOrderOfProminence() {
        assertThat(GAZETTEER.find(new PlaceQuery("London", null)))
                .extracting(Place::displayName)
                .startsWith(
                        "London, England, United Kingdom", "London, Ontario, Canada", "London, Kentucky, United States")
                .doesNotHaveDuplicates();
        assertThat(GAZETTEER.find(new PlaceQuery("Springfield", null))).hasSize(1 + Gazetteer.MAX_ALTERNATIVES);
    }

    /** The list of cities lacks them, or has them elsewhere. */
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
    void theCoreTableHasCitiesThatTheListLacks(String text, double latitude, double longitude) {
        assertThat(find(text, null).kilometersTo(latitude, longitude)).isLessThan(25);
    }

    @Test
    void aPlaceInBothListsHasTheCoresFiguresAndTheNamesOfBoth() {
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
    void aPlaceOfTheListOfCitiesHasNoElevationAndNoPopulation() {
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
        "EDDB, EDDB, BER, 48",
        "Heathrow Airport, EGLL, LHR, 25",
        "ENSB, ENSB, LYR, 27"
    })
    void anAirportIsFoundByCodeAndName(String text, String icao, String iata, double elevation) {
        Place airport = find(text.equals("Heathrow Airport") ? "London Heathrow Airport" : text, null);
        assertThat(airport.icaoCode()).isEqualTo(icao);
        assertThat(airport.iataCode()).isEqualTo(iata);
        assertThat(airport.elevationMeters()).isEqualTo(elevation);
        assertThat(airport.timeZone()).isNotNull();
        assertThat(airport.gazetteer()).isEqualTo("airports");
    }

    /** In small letters, too, as people type them, although villages have some of these names. */
    @Test
    void theBusiestAirportsAreFoundByIataCodeInAnyCase() {
        for (String code : BUSIEST_AIRPORTS.split("\\s+")) {
            assertThat(find(code, null).iataCode()).isEqualTo(code);
            assertThat(find(code.toLowerCase(Locale.ROOT), null).iataCode()).isEqualTo(code);
        }
    }

    /** The list of cities lacks these names, or has them for a smaller place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            罗马 | IT | Rome
            米兰 | IT | Milan
            温哥华 | CA | Vancouver
            开普敦 | ZA | Cape Town
            横滨 | JP | Yokohama
            El Cairo | EG | Cairo
            Nouvelle-Delhi | IN | New Delhi
            Kapstadt | ZA | Cape Town
            石家庄 | CN | Shijiazhuang
            ウィーン | AT | Vienna
            Пхеньян | KP | Pyongyang
            """)
    void aLargeCityIsFoundByItsNameInEveryLanguage(String text, String country, String name) {
        assertThat(find(text, null).countryCode()).isEqualTo(country);
        assertThat(find(text, null).name()).isEqualTo(name);
    }

    @Test
    void aDisplayNameIsInOneLanguage() {
        assertThat(find("Wien", null).displayName(Language.GERMAN)).isEqualTo("Wien, Österreich");
        assertThat(find("Rome, Italy", null).displayName(Language.CHINESE))
                .startsWith("罗马")
                .endsWith("意大利");
        assertThat(find("Hasselfelde", null).displayName(Language.JAPANESE))
                .isEqualTo("Hasselfelde, Saxony-Anhalt, Germany");
    }

    /** The list of airports has other clocks: Chihuahua's of 2022, Whitehorse's of 2020. */
    @ParameterizedTest
    @CsvSource({"YXY, Whitehorse", "CUU, Chihuahua", "YYE, Fort Nelson", "VIE, Vienna", "LAX, Los Angeles"})
    void anAirportHasTheTimeZoneOfItsTown(String code, String town) {
        assertThat(find(code, null).timeZone()).isEqualTo(find(town, null).timeZone());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            London UK | London, England, United Kingdom
            Portland OR | Portland, Oregon, United States
            Portland OR USA | Portland, Oregon, United States
            Paris TX | Paris, Texas, United States
            Paris France | Paris, Île-de-France, France
            San Jose Costa Rica | San José, San Jose, Costa Rica
            Birmingham United Kingdom | Birmingham, England, United Kingdom
            """)
    void aRegionOrCountryCanFollowWithoutAComma(String text, String displayName) {
        assertThat(find(text, null).displayName()).isEqualTo(displayName);
    }

    @Test
    void aLargeCityPrecedesTheCodeOfAnAirport() {
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
    void aPlaceIsFoundByOtherNames(String text, String displayName) {
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
    void aMisspelledNameHasTheRightSuggestion(String typed, String meant) {
        PlaceQuery query = new PlaceQuery(typed, null);
        assertThat(GAZETTEER.find(query)).isEmpty();
        assertThat(GAZETTEER.suggestions(query))
                .hasSizeLessThanOrEqualTo(Gazetteer.MAX_ALTERNATIVES)
                .extracting(Place::name)
                .contains(meant);
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
    void anUnknownNameIsNotFound(String text) {
        assertThat(GAZETTEER.find(new PlaceQuery(text, null))).isEmpty();
    }

    @Test
    void aSearchByPrefixHasTheMostProminentPlaceFirst() {
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

    /** A client that chooses an entry of a list sends its display name. */
    @ParameterizedTest
    @ValueSource(strings = {"cities.index", "airports.index"})
    void aDisplayNameFindsItsPlace(String index) {
        PlaceTable table = PlaceIndex.load(index).table();
        for (int i = 0; i < table.count(); i += 23) {
            String displayed = table.place(i).displayName();
            assertThat(find(displayed, null).displayName()).isEqualTo(displayed);
        }
    }

    @Test
    void aSearchHasEachDisplayNameOnce() {
        assertThat(GAZETTEER.search(new PlaceQuery("san", null), 1_000))
                .extracting(Place::displayName)
                .doesNotHaveDuplicates();
    }

    /** With prefixes of which a display name in between is duplicated, and some that towns and airports share. */
    @Test
    void thePagesOfASearchAreTheWholeSearch() {
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
    void aMisspelledNameInARegionHasSuggestionsInThatRegion() {
        assertThat(suggestions("Springfeild, IL")).first().isEqualTo("Springfield, Illinois, United States");
        assertThat(suggestions("Springfeild, IL")).allMatch(name -> name.contains("Illinois"));
        assertThat(suggestions("Viennna, Texass")).contains("Vienna, Austria");
    }

    private static List<String> suggestions(String text) {
        return GAZETTEER.suggestions(new PlaceQuery(text, null)).stream()
                .map(Place::displayName)
                .toList();
    }

    @Test
    void theNearestPlacesAreInOrderOfDistance() {
        assertThat(GAZETTEER.nearest(48.21, 16.37, null, 1))
                .extracting(Place::name)
                .containsExactly("Vienna");
        assertThat(GAZETTEER.nearest(48.21, 16.37, "SK", 1))
                .extracting(Place::countryCode)
                .containsExactly("SK");
        assertThat(GAZETTEER.nearest(-48.876, -123.393, null, 1)).hasSize(1);
    }

    private static Place find(String text, @Nullable String countryCode) {
        List<Place> places = GAZETTEER.find(new PlaceQuery(text, countryCode));
        assertThat(places).as(text).isNotEmpty();
        return places.get(0);
    }
}
