package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.TestGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Temperature;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CachedResponseTest {
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(11));

    @Test
    void aClimateKeepsItsEntityTagWhenItIsFetchedAgain() {
        assertThat(statusFor(year(LATER, 3.5), tagOf(year(NOW, 3.5)))).isEqualTo(304);
        assertThat(statusFor(year(LATER, 3.6), tagOf(year(NOW, 3.5)))).isEqualTo(200);
    }

    @Test
    void theSameReadingKeepsItsEntityTagAndANewOneDoesNot() {
        assertThat(statusFor(weather(LATER, NOW), tagOf(weather(NOW, NOW)))).isEqualTo(304);
        assertThat(statusFor(weather(LATER, LATER), tagOf(weather(NOW, NOW)))).isEqualTo(200);
    }

    private static String tagOf(Message message) {
        return form(message).toHttp(head(""), NOW).aggregate().join().headers().get("etag", "");
    }

    private static int statusFor(Message message, String tag) {
        return form(message)
                .toHttp(head(tag), LATER)
                .aggregate()
                .join()
                .status()
                .code();
    }

    private static CachedResponse form(Message message) {
        return new CachedResponse(message, LATER.plusSeconds(600));
    }

    private static RequestHeaders head(String tag) {
        return RequestHeaders.of(HttpMethod.GET, "/", "if-none-match", tag);
    }

    private static Climate year(Instant fetched, double january) {
        return Climate.newBuilder()
                .setTemperatureProvenance(Provenance.newBuilder()
                        .setFetchTime(timestamp(fetched))
                        .setExpireTime(timestamp(fetched.plusSeconds(600))))
                .setRelativeHumidityProvenance(Provenance.newBuilder().setFetchTime(timestamp(fetched)))
                .addMonths(Climate.Month.newBuilder().setMonth(1).setTemperatureCelsius(january))
                .build();
    }

    private static Weather weather(Instant fetched, Instant observed) {
        return Weather.newBuilder()
                .setEffectiveTime(timestamp(fetched))
                .setTemperature(Temperature.newBuilder()
                        .setTemperatureCelsius(1)
                        .setProvenance(Provenance.newBuilder()
                                .setFetchTime(timestamp(fetched))
                                .setObserveTime(timestamp(observed))))
                .build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
