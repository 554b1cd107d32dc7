package io.weathermesh.aggregator.weather;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.weather.v1.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A unary call to a provider, whose failure is told in words that name no task. */
final class ProviderCall {
    private ProviderCall() {}

    static <T> CompletableFuture<Reading<T>> ask(String provider, Consumer<StreamObserver<T>> call) {
        FirstAnswer<T> first = new FirstAnswer<>();
        call.accept(first);
        return first.future()
                .handle((answer, failure) -> failure == null
                        ? new Reading.Present<>(answer)
                        : new Reading.Missing<>(problem(provider, Status.fromThrowable(failure))));
    }

    static Problem problem(String provider, Status status) {
        String what =
                switch (status.getCode()) {
                    case UNAVAILABLE -> "cannot be reached";
                    case DEADLINE_EXCEEDED, CANCELLED -> "did not answer in time";
                    case RESOURCE_EXHAUSTED -> "has more questions than it can answer";
                    default -> "failed";
                };
        return Problem.newBuilder()
                .setProvider(provider)
                .setEffect(Problem.Effect.EFFECT_ABSENT)
                .setCode(Code.forNumber(status.getCode().value()))
                .setDetail("The " + provider + " " + what + ".")
                .build();
    }
}
