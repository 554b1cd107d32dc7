package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Problem;
import java.util.List;

/** No provider has a value, so there is no response. A retry is safe. */
public final class ProvidersUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exception as a sentence for a person. */
    public static final String EXPLANATION = "No provider is available.";

    private final transient List<Problem> problems;

    ProvidersUnavailableException(List<Problem> problems) {
        super(EXPLANATION);
        this.problems = List.copyOf(problems);
    }

    /** One for each provider. */
    public List<Problem> problems() {
        return problems;
    }
}
