package io.weathermesh.aggregator.weather;

import java.util.List;

/** No place has the name that was asked for. */
public final class PlaceNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exception in a sentence for a person. */
    public static final String EXPLANATION = "No place has this name.";

    private final transient List<String> suggestions;

    PlaceNotFoundException(List<String> suggestions) {
        super(EXPLANATION);
        this.suggestions = List.copyOf(suggestions);
    }

    /** Names spelled nearly so, best first; may be empty. */
    public List<String> suggestions() {
        return suggestions;
    }
}
