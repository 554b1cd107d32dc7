package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
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

/** With three providers, though the contract has fields for two: the failure of a third has the same effect. */
final class CompositionTest {
    private static final ProviderResult<Reading<Weather>> TEMPERATURE = present(Weather.newBuilder()
            .setTemperature(Temperature.newBuilder().setTemperatureCelsius(21.5))
            .build());
    private static final ProviderResult<Reading<Weather>> HUMIDITY = present(Weather.newBuilder()
            .setRelativeHumidity(RelativeHumidity.newBuilder().setRelativeHumidityPercent(40))
            .build());
    private static final ProviderResult<Reading<Weather>> OTHER = present(Weather.getDefaultInstance());

    @Test
    void aWeatherWithAllValuesIsComplete() {
        Weather weather = compose(TEMPERATURE, HUMIDITY, OTHER);
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(weather.getTemperature().getTemperatureCelsius()).isEqualTo(21.5);
        assertThat(weather.getRelativeHumidity().getRelativeHumidityPercent()).isEqualTo(40);
        assertThat(weather.hasDerived()).isTrue();
    }

    @Test
    void aWeatherWithoutAValueIsPartialAndNamesTheProvider() {
        Weather weather = compose(TEMPERATURE, missing("humidity-provider"), missing("wind-provider"));
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_PARTIAL);
        assertThat(weather.getProblemsList())
                .extracting(Problem::getProvider)
                .containsExactly("humidity-provider", "wind-provider");
        assertThat(weather.hasDerived()).isFalse();
    }

    @Test
    void aCompositionFailsOnlyWithoutAnyValue() {
        ProvidersUnavailableException failure = catchThrowableOfType(
                ProvidersUnavailableException.class,
                () -> compose(missing("temperature-provider"), missing("humidity-provider"), missing("wind-provider")));
        assertThat(failure.problems()).hasSize(3);
    }

    @Test
    void aSuspectValueHasNoDerivedValues() {
        ProviderResult<Reading<Weather>> suspect = present(Weather.newBuilder()
                .setTemperature(Temperature.newBuilder()
                        .setTemperatureCelsius(21.5)
                        .setProvenance(Provenance.newBuilder().setQuality(Quality.QUALITY_SUSPECT)))
                .build());

        Weather weather = compose(suspect, HUMIDITY);

        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(weather.hasDerived()).isFalse();
    }

    @SafeVarargs
    private static Weather compose(ProviderResult<Reading<Weather>>... results) {
        FoundPlace nowhere = new FoundPlace(Location.getDefaultInstance(), List.of());
        return Composition.weather(nowhere, Timestamp.getDefaultInstance(), List.of(results));
    }

    private static ProviderResult<Reading<Weather>> present(Weather part) {
        return ProviderResult.present(new Reading<>(part, Point.getDefaultInstance(), Provenance.getDefaultInstance()));
    }

    private static ProviderResult<Reading<Weather>> missing(String provider) {
        return ProviderResult.missing(provider, Status.UNAVAILABLE);
    }
}
