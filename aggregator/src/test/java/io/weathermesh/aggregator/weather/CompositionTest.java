package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.ProviderCall;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.RelativeHumidity;
import io.weathermesh.proto.weather.v1.Temperature;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three providers, though the contract knows the elements of two: what a third one's failure does is the same. */
final class CompositionTest {
    private static final ProviderResult<Reading> TEMPERATURE = told(Weather.newBuilder()
            .setTemperature(Temperature.newBuilder().setTemperatureCelsius(21.5))
            .build());
    private static final ProviderResult<Reading> HUMIDITY = told(Weather.newBuilder()
            .setRelativeHumidity(RelativeHumidity.newBuilder().setRelativeHumidityPercent(40))
            .build());
    private static final ProviderResult<Reading> OTHER = told(Weather.getDefaultInstance());

    @Test
    void everythingThereIsComplete() {
        Weather weather = compose(TEMPERATURE, HUMIDITY, OTHER);
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(weather.getTemperature().getTemperatureCelsius()).isEqualTo(21.5);
        assertThat(weather.getRelativeHumidity().getRelativeHumidityPercent()).isEqualTo(40);
        assertThat(weather.hasDerived()).isTrue();
    }

    @Test
    void anyoneMissingMakesItPartialAndIsNamed() {
        Weather weather = compose(TEMPERATURE, missing("humidity-provider"), missing("wind-provider"));
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_PARTIAL);
        assertThat(weather.getProblemsList())
                .extracting(Problem::getProvider)
                .containsExactly("humidity-provider", "wind-provider");
        assertThat(weather.hasDerived()).isFalse();
    }

    @Test
    void onlyWhenAllAreMissingThereIsNothingToAnswerWith() {
        ProvidersUnavailableException failure = catchThrowableOfType(
                ProvidersUnavailableException.class,
                () -> compose(missing("temperature-provider"), missing("humidity-provider"), missing("wind-provider")));
        assertThat(failure.problems()).hasSize(3);
    }

    @Test
    void nothingIsDerivedFromASuspectValue() {
        ProviderResult<Reading> suspect = told(Weather.newBuilder()
                .setTemperature(Temperature.newBuilder()
                        .setTemperatureCelsius(21.5)
                        .setProvenance(Provenance.newBuilder().setQuality(Quality.QUALITY_SUSPECT)))
                .build());

        Weather weather = compose(suspect, HUMIDITY);

        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(weather.hasDerived()).isFalse();
    }

    @SafeVarargs
    private static Weather compose(ProviderResult<Reading>... readings) {
        FoundPlace nowhere = new FoundPlace(Location.getDefaultInstance(), List.of());
        return Composition.weather(nowhere, Timestamp.getDefaultInstance(), List.of(readings));
    }

    private static ProviderResult<Reading> told(Weather element) {
        return new ProviderResult.Present<>(
                new Reading(element, Point.getDefaultInstance(), Provenance.getDefaultInstance()));
    }

    private static ProviderResult<Reading> missing(String provider) {
        return new ProviderResult.Missing<>(ProviderCall.problem(provider, Status.UNAVAILABLE));
    }
}
