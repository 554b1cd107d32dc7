package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            Nairobi | Nairobi, Kenya
            Reykjavík | Reykjavík, Iceland
            reykjavik | Reykjavík, Iceland
            Sana'a | Sanaa, Yemen
            St. John's, Canada | St. John's, Newfoundland and Labrador, Canada
            """)
    void findsAPlaceHoweverItIsWritten(String text, String displayName) {
        assertThat(find(text, null).displayName()).isEqualTo(displayName);
    }

    @Test
    void aCountryCodeNarrows() {
        assertThat(find("London", null).countryCode()).isEqualTo("GB");
        assertThat(find("London", "ca").region()).isEqualTo("Ontario");
    }

    @Test
    void othersOfTheNameAreListedByPopulation() {
        Resolution.Found london = (Resolution.Found) GAZETTEER.find(new PlaceQuery("London", null));
        assertThat(london.alternatives())
                .extracting(Place::displayName)
                .containsExactly("London, Ontario, Canada", "London, Kentucky, United States");
    }

    @ParameterizedTest
    @CsvSource({"Vinna, Vienna", "Viennna, Vienna", "Berlni, Berlin", "Nairobbi, Nairobi", "Reykjavk, Reykjavík"})
    void suggestsWhatWasProbablyMeant(String typed, String meant) {
        assertThat(GAZETTEER.find(new PlaceQuery(typed, null)))
                .isInstanceOfSatisfying(Resolution.NotFound.class, missed -> assertThat(missed.suggestions())
                        .extracting(Place::name)
                        .contains(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"qwertzuiop", "Paris, Antarctica", "Vienna, Texas", "x", "ﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀ"})
    void whatIsNowhereIsNotFound(String text) {
        assertThat(GAZETTEER.find(new PlaceQuery(text, null))).isInstanceOf(Resolution.NotFound.class);
    }

    @Test
    void searchesByTheBeginningOfANameWithTheMostPeopleFirst() {
        assertThat(GAZETTEER.search(new PlaceQuery("san", null), 3))
                .extracting(Place::name)
                .containsExactly("Santiago", "Sanaa", "Cali");
        assertThat(GAZETTEER.search(new PlaceQuery("zzz", null), 3)).isEmpty();
    }

    @Test
    void tellsThePlacesNearestToCoordinates() {
        assertThat(GAZETTEER.nearest(48.3, 16.4, 2)).extracting(Place::name).containsExactly("Vienna", "Bratislava");
    }

    private static Place find(String text, @Nullable String countryCode) {
        Resolution resolution = GAZETTEER.find(new PlaceQuery(text, countryCode));
        assertThat(resolution).as(text).isInstanceOf(Resolution.Found.class);
        return ((Resolution.Found) resolution).place();
    }
}
