package io.weathermesh.aggregator.providers;

import com.google.rpc.Code;
import io.grpc.Status;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Problem.Effect;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call to a provider: a value, an expired value with the problem that prevented a fresh one, or a problem
 * alone.
 *
 * @param value null if the value is missing
 * @param problem null if the value has not expired; names no task
 */
public record ProviderResult<T>(@Nullable T value, @Nullable Problem problem) {
    /** A value that has not expired. */
    public static <T> ProviderResult<T> present(T value) {
        return new ProviderResult<>(value, null);
    }

    /** An expired value in place of a missing one. */
    public static <T> ProviderResult<T> stale(T value, Problem problem) {
        return new ProviderResult<>(
                value, problem.toBuilder().setEffect(Effect.EFFECT_STALE).build());
    }

    /** A missing value, since the call failed. */
    public static <T> ProviderResult<T> missing(String provider, Status status) {
        return new ProviderResult<>(null, problem(provider, status));
    }

    /** The problem of a value that is missing since a call failed. */
    public static Problem problem(String provider, Status status) {
        String what =
                switch (status.getCode()) {
                    case UNAVAILABLE -> "cannot be reached";
                    case DEADLINE_EXCEEDED, CANCELLED -> "did not respond in time";
                    case RESOURCE_EXHAUSTED -> "is overloaded";
                    default -> "failed";
                };
        return Problem.newBuilder()
                .setProvider(provider)
                .setEffect(Effect.EFFECT_ABSENT)
                .setCode(Code.forNumber(status.getCode().value()))
                .setDetail("The " + provider + " " + what + ".")
                .build();
    }
}
