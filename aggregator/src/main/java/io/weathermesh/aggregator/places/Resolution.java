package io.weathermesh.aggregator.places;

import java.util.List;

/** What became of the search for a place by name. */
public sealed interface Resolution {
    /**
     * There is one, or there are several and this is the most prominent.
     *
     * @param place the best match
     * @param alternatives other places of that name, most prominent first; at most {@link Gazetteer#MAX_ALTERNATIVES}
     */
    record Found(Place place, List<Place> alternatives) implements Resolution {
        public Found {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * There is none.
     *
     * @param suggestions places spelled nearly so, best first; at most {@link Gazetteer#MAX_ALTERNATIVES}
     */
    record NotFound(List<Place> suggestions) implements Resolution {
        public NotFound {
            suggestions = List.copyOf(suggestions);
        }
    }
}
