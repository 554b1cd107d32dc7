package io.weathermesh.aggregator.providers;

import io.weathermesh.proto.weather.v1.Problem;
import java.util.Optional;

/** What a provider said: its answer, an older one of it, or why there is none. */
public sealed interface ProviderResult<T> {
    /** The provider answered, now or not long ago: the value has not expired. */
    record Present<T>(T value) implements ProviderResult<T> {}

    /** The provider could not be had, but said this before; it has expired since. */
    record Stale<T>(T value, Problem reason) implements ProviderResult<T> {}

    /** The provider could not be had. */
    record Missing<T>(Problem reason) implements ProviderResult<T> {}

    default Optional<T> answer() {
        if (this instanceof Present<T> present) {
            return Optional.of(present.value());
        }
        return this instanceof Stale<T> stale ? Optional.of(stale.value()) : Optional.empty();
    }

    default Optional<Problem> problem() {
        if (this instanceof Missing<T> missing) {
            return Optional.of(missing.reason());
        }
        return this instanceof Stale<T> stale ? Optional.of(stale.reason()) : Optional.empty();
    }
}
