package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Problem;
import java.util.Optional;

/** What a provider said: its answer, or why there is none. */
sealed interface Reading<T> {
    /** The provider answered. */
    record Present<T>(T value) implements Reading<T> {}

    /** The provider could not be had. */
    record Missing<T>(Problem reason) implements Reading<T> {}

    default Optional<T> answer() {
        return this instanceof Present<T> present ? Optional.of(present.value()) : Optional.empty();
    }

    default Optional<Problem> problem() {
        return this instanceof Missing<T> missing ? Optional.of(missing.reason()) : Optional.empty();
    }
}
