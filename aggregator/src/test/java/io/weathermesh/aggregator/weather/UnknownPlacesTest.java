package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.places.PlaceQuery;
import io.weathermesh.aggregator.places.Resolution;
import io.weathermesh.aggregator.providers.CacheMeters;
import io.weathermesh.aggregator.rest.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real places behind it, whose list of questions tells what was looked up. */
final class UnknownPlacesTest {
    private static final Gazetteer GAZETTEER = Gazetteer.load();
    private static final PlaceQuery MISTYPED = new PlaceQuery("Viennna", null);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final CacheMeters meters = new CacheMeters(new SimpleMeterRegistry());
    private final List<PlaceQuery> lookedUp = new ArrayList<>();
    private final UnknownPlaces places = new UnknownPlaces(this::lookUp, clock, meters);

    @Test
    void aNameThatNothingHasIsLookedUpOnceAndAnsweredTheSame() {
        for (int i = 0; i < 3; i++) {
            assertThat(places.apply(MISTYPED)).isEqualTo(GAZETTEER.find(MISTYPED));
        }
        assertThat(lookedUp).containsExactly(MISTYPED);
        assertThat(meters.page()).isEqualTo("unknown places: 1 of at most 2000 names, hit 2, missed 1\n");
    }

    @Test
    void inAnotherCountryItIsAnotherName() {
        PlaceQuery abroad = new PlaceQuery("Viennna", "US");
        places.apply(MISTYPED);
        assertThat(places.apply(abroad)).isEqualTo(GAZETTEER.find(abroad));
        assertThat(lookedUp).containsExactly(MISTYPED, abroad);
    }

    @Test
    void afterAWhileItIsForgotten() {
        places.apply(MISTYPED);
        clock.move(UnknownPlaces.LIFE);
        places.apply(MISTYPED);
        assertThat(lookedUp).hasSize(2);
    }

    @Test
    void whatExistsIsNeverRemembered() {
        PlaceQuery vienna = new PlaceQuery("Vienna", null);
        places.apply(vienna);
        assertThat(places.apply(vienna)).isInstanceOf(Resolution.Found.class);
        assertThat(lookedUp).hasSize(2);
        assertThat(meters.page()).contains("unknown places: 0 ");
    }

    @Test
    void howeverManyNamesThereAreItKeepsAFew() {
        UnknownPlaces nothing = new UnknownPlaces(query -> new Resolution.NotFound(List.of()), clock, meters);
        for (int i = 0; i < 3 * UnknownPlaces.MAX_NAMES; i++) {
            nothing.apply(new PlaceQuery("x" + i, null));
        }
        String kept = meters.page().replaceFirst("unknown places: (\\d+) of.*\n", "$1");
        assertThat(Integer.parseInt(kept)).isBetween(1, UnknownPlaces.MAX_NAMES);
    }

    private Resolution lookUp(PlaceQuery query) {
        lookedUp.add(query);
        return GAZETTEER.find(query);
    }
}
