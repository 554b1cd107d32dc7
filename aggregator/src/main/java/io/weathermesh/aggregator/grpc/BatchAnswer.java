package io.weathermesh.aggregator.grpc;

import io.weathermesh.aggregator.weather.ItemOutcome;
import io.weathermesh.aggregator.weather.WeatherDesk;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The contract's answer to a batch, for gRPC and for REST alike: what failed is told as the status that it would be. */
public final class BatchAnswer {
    private BatchAnswer() {}

    /**
     * Fails as a whole only if the batch has too few or too many questions, or if neither provider could be had for any
     * of them.
     */
    public static CompletionStage<BatchLookupWeatherResponse> of(
            WeatherDesk desk, List<LookupWeatherRequest> questions) {
        return desk.lookupEach(questions).thenApply(outcomes -> {
            BatchLookupWeatherResponse.Builder answer = BatchLookupWeatherResponse.newBuilder();
            for (int i = 0; i < outcomes.size(); i++) {
                answer.addResults(result(outcomes.get(i), "requests[" + i + "]"));
            }
            return answer.build();
        });
    }

    private static BatchLookupWeatherResponse.Result result(ItemOutcome outcome, String path) {
        BatchLookupWeatherResponse.Result.Builder result = BatchLookupWeatherResponse.Result.newBuilder();
        if (outcome instanceof ItemOutcome.Answered answered) {
            return result.setWeather(answered.weather()).build();
        }
        return result.setError(Failures.status(((ItemOutcome.Refused) outcome).reason(), path))
                .build();
    }
}
