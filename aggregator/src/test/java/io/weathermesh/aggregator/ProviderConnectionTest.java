package io.weathermesh.aggregator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.InvalidSettingException;
import io.weathermesh.mesh.MeshChannels;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshTimings;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderConnectionTest {
    private static final ProviderContract CONTRACT = Providers.CONTRACTS.get(0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consul:///temperature-provider:50051",
                "cloudmap:///",
                "cloudmap:///a..b:50051",
                "cloudmap:///a:0"
            })
    void anInvalidTargetIsRefusedWithTheNameOfItsSetting(String target) {
        MeshChannels channels = MeshChannels.from(
                new Environment(Map.of("MESH_DNS_SERVERS", "127.0.0.1:1")),
                MeshTimings.defaults(),
                MeshMeters.create());
        assertThatThrownBy(() -> ProviderConnection.open(CONTRACT, target, channels, Clock.systemUTC()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(CONTRACT.targetSetting() + " is '" + target + "', but must be a target");
    }
}
