package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse.Result;
import io.weathermesh.proto.weather.v1.Weather;
import org.junit.jupiter.api.Test;

/** The word that alarms count for a batch of two. */
final class OutcomeTest {
    private static final Result WHOLE = told(Weather.Status.STATUS_COMPLETE);

    @Test
    void aBatchIsPartialWhenAProviderCouldNotBeHadForOneOfItsPlaces() {
        assertThat(outcome(WHOLE, WHOLE)).isEqualTo("COMPLETE");
        assertThat(outcome(WHOLE, told(Weather.Status.STATUS_PARTIAL))).isEqualTo("PARTIAL");
        assertThat(outcome(WHOLE, failed(Code.UNAVAILABLE))).isEqualTo("PARTIAL");
    }

    @Test
    void aMistakeOfTheClientsDoesNotMakeABatchPartial() {
        assertThat(outcome(WHOLE, failed(Code.NOT_FOUND))).isEqualTo("COMPLETE");
        assertThat(outcome(WHOLE, failed(Code.INVALID_ARGUMENT))).isEqualTo("COMPLETE");
    }

    private static String outcome(Result one, Result other) {
        return Outcome.of(BatchLookupWeatherResponse.newBuilder()
                        .addResults(one)
                        .addResults(other)
                        .build())
                .name();
    }

    private static Result told(Weather.Status status) {
        return Result.newBuilder()
                .setWeather(Weather.newBuilder().setStatus(status))
                .build();
    }

    private static Result failed(Code code) {
        return Result.newBuilder()
                .setError(Status.newBuilder().setCode(code.getNumber()))
                .build();
    }
}
