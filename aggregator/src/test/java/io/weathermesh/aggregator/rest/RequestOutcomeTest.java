package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.weathermesh.aggregator.rest.RequestOutcome.Kind;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse.Result;
import io.weathermesh.proto.weather.v1.Weather;
import org.junit.jupiter.api.Test;

final class RequestOutcomeTest {
    private static final Result WHOLE = weather(Weather.Status.STATUS_COMPLETE);

    /** Alarms count these. */
    @Test
    void theNamesOfTheCountedKindsAreThoseOfTheGateway() {
        assertThat(Kind.COMPLETE).hasToString(GatewayNames.COMPLETE);
        assertThat(Kind.PARTIAL).hasToString(GatewayNames.PARTIAL);
    }

    @Test
    void aBatchIsPartialWhenAProviderIsUnavailableForOneOfItsPlaces() {
        assertThat(outcome(WHOLE, WHOLE)).isEqualTo(Kind.COMPLETE);
        assertThat(outcome(WHOLE, weather(Weather.Status.STATUS_PARTIAL))).isEqualTo(Kind.PARTIAL);
        assertThat(outcome(WHOLE, failed(Code.UNAVAILABLE))).isEqualTo(Kind.PARTIAL);
    }

    @Test
    void aClientErrorDoesNotMakeABatchPartial() {
        assertThat(outcome(WHOLE, failed(Code.NOT_FOUND))).isEqualTo(Kind.COMPLETE);
        assertThat(outcome(WHOLE, failed(Code.INVALID_ARGUMENT))).isEqualTo(Kind.COMPLETE);
    }

    private static Kind outcome(Result one, Result other) {
        return RequestOutcome.of(BatchLookupWeatherResponse.newBuilder()
                        .addResults(one)
                        .addResults(other)
                        .build())
                .kind();
    }

    private static Result weather(Weather.Status status) {
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
