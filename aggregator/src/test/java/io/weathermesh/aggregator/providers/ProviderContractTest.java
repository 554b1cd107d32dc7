package io.weathermesh.aggregator.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.weather.v1.Weather;
import io.weathermesh.proto.weather.v1.WeatherServiceGrpc;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** A fault in a provider's contract fails the start of the gateway, not a later request. */
final class ProviderContractTest {
    private static final ServiceDescriptor TEMPERATURE = TemperatureServiceGrpc.getServiceDescriptor();
    private static final ServiceDescriptor HUMIDITY = HumidityServiceGrpc.getServiceDescriptor();

    /** A channel that fails every call. */
    private static final Channel UNUSED = new Channel() {
        @Override
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
            throw new IllegalStateException("called " + method.getFullMethodName());
        }

        @Override
        public String authority() {
            return "nowhere";
        }
    };

    @Test
    void everyRegisteredContractHasWhatTheGatewayNeeds() {
        assertThat(Providers.CONTRACTS)
                .hasSizeGreaterThan(1)
                .allSatisfy(contract -> assertThat(client(contract).name()).isEqualTo(contract.name()));
    }

    @Test
    void namesWithTheSamePrefixHaveDifferentSettings() {
        assertThat(named("humidity-provider").targetSetting()).isEqualTo("HUMIDITY_TARGET");
        assertThat(named("sea-level-provider").targetSetting()).isEqualTo("SEA_LEVEL_TARGET");
        assertThat(named("sea-ice-provider").targetSetting()).isEqualTo("SEA_ICE_TARGET");
    }

    @Test
    void aNameThatDoesNotEndInProviderIsRefused() {
        for (String name : new String[] {"", "pressure", "-provider", "Sea-provider", "sea_level-provider"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> named(name))
                    .withMessage("the provider's name is '" + name
                            + "', but must be words with dashes that end in -provider");
        }
    }

    @Test
    void aFieldWithoutAProvenanceIsRefused() {
        for (int field : new int[] {0, 999, Weather.STATUS_FIELD_NUMBER, Weather.PROBLEMS_FIELD_NUMBER}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> contract(TEMPERATURE, field))
                    .withMessageContaining(field + ", but must be that of one message in weather.v1.Weather");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> contract(TEMPERATURE, Weather.DERIVED_FIELD_NUMBER))
                .withMessageContaining("weather.v1.Weather.derived")
                .withMessageContaining("'provenance'");
    }

    @Test
    void aServiceThatLacksAMethodOrAFieldIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connect(
                        ServiceDescriptor.newBuilder("weather.nothing.v1.NothingService")
                                .build(),
                        Weather.TEMPERATURE_FIELD_NUMBER))
                .withMessageContaining("weather.nothing.v1.NothingService has no method Lookup");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connect(WeatherServiceGrpc.getServiceDescriptor(), Weather.TEMPERATURE_FIELD_NUMBER))
                .withMessageContaining("LookupWeatherRequest has no field 'point'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connect(HUMIDITY, Weather.TEMPERATURE_FIELD_NUMBER))
                .withMessageContaining("HumidityReading has no field 'temperature_celsius'");
    }

    private static ProviderContract named(String name) {
        return new ProviderContract(name, TEMPERATURE, Weather.TEMPERATURE_FIELD_NUMBER, "Cel");
    }

    private static ProviderContract contract(ServiceDescriptor service, int field) {
        return new ProviderContract("any-provider", service, field, "1");
    }

    private static void connect(ServiceDescriptor service, int field) {
        client(contract(service, field));
    }

    private static ProviderClient client(ProviderContract contract) {
        return new ProviderClient(contract, UNUSED, UNUSED, Clock.systemUTC());
    }
}
