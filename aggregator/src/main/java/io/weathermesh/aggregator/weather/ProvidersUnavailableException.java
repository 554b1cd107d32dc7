package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Problem;
import java.util.List;

/** No provider could be had, so there is nothing to answer with. Trying again is safe. */
public final class ProvidersUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exception in a sentence for a person. */
    public static final String EXPLANATION = "No provider is available.";

    private final transient List<Problem> problems;

    ProvidersUnavailableException(List<Problem> problems) {
        super(EXPLANATION);
        this.problems = List.copyOf(problems);
    }

    /** One a provider. */
    public List<Problem> problems() {
        return problems;
    }
}
