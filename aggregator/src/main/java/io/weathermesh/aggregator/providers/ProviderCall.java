package io.weathermesh.aggregator.providers;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.weather.v1.Problem;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** A unary call to a provider, whose failure is told in words that name no task. */
public final class ProviderCall {
    private ProviderCall() {}

    /** Makes a call, and tells the part of its answer that is of interest. */
    static <A, T> CompletableFuture<ProviderResult<T>> ask(
            String provider, Consumer<StreamObserver<A>> call, Function<A, T> part) {
        UnaryResponse<A> first = new UnaryResponse<>();
        call.accept(first);
        return first.future()
                .handle((answer, failure) -> failure == null
                        ? new ProviderResult.Present<>(part.apply(answer))
                        : new ProviderResult.Missing<>(problem(provider, Status.fromThrowable(failure))));
    }

    /** Makes one call of many questions. Where it has not as many results as questions, all are missing. */
    static <A, R, T> CompletableFuture<List<ProviderResult<T>>> askEach(
            String provider,
            int questions,
            Consumer<StreamObserver<A>> call,
            Function<A, List<R>> results,
            Function<R, ProviderResult<T>> reading) {
        return ask(provider, call, results).thenApply(batch -> {
            List<R> told = batch.answer().orElse(List.of());
            return told.size() == questions
                    ? told.stream().map(reading).toList()
                    : Collections.nCopies(
                            questions,
                            new ProviderResult.Missing<>(
                                    batch.problem().orElseGet(() -> problem(provider, Status.INTERNAL))));
        });
    }

    /** One question of a batch that could not be answered. */
    static <T> ProviderResult<T> missing(String provider, com.google.rpc.Status error) {
        return new ProviderResult.Missing<>(problem(provider, Status.fromCodeValue(error.getCode())));
    }

    public static Problem problem(String provider, Status status) {
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
