package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, 10.0.0.0, true",
        "10.0.0.0/16, 10.0.255.255, true",
        "10.0.0.0/16, 10.1.0.0, false",
        "127.0.0.0/8, 127.0.1.9, true",
        "127.0.0.0/8, 128.0.0.1, false",
        "192.168.7.9/32, 192.168.7.9, true",
        "192.168.7.9/32, 192.168.7.8, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 169.254.170.2, false",
        "169.254.0.0/16, 169.254.170.2, false"
    })
    void aRangeContainsWhatMatchesItsPrefixAndNeverALinkLocalAddress(String range, String address, boolean allowed) {
        assertThat(read(range).contains(TaskAddress.of(address).ip())).isEqualTo(allowed);
        assertThat(read(range)).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.1/16", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/16", "fd00::/8", "all"})
    void anythingElseIsRefusedWithAnExample(String range) {
        assertThatThrownBy(() -> read(range))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MESH_ALLOWED_CIDR is '" + range + "', but must be ")
                .hasMessageContaining("10.0.0.0/16");
    }

    @Test
    void refusedAddressesAreRemovedAndCounted() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        HandMovedTime time = new HandMovedTime();
        ScriptedSource source = new ScriptedSource(time).returns(ScriptedSource.all(5, "10.0.0.1", "169.254.170.2"));
        AddressFilter allowed = new AddressFilter(
                "echo.test", read("10.0.0.0/16"), source, new DiscoveryMeters("echo.test", registry, time::nanos));

        assertThat(allowed.poll().toCompletableFuture().get())
                .isEqualTo(new Found(ScriptedSource.tasks("10.0.0.1"), true, Duration.ofSeconds(5)));
        assertThat(registry.counter("mesh.discovery.refused.addresses", "name", "echo.test")
                        .count())
                .isEqualTo(1);

        source.returns(ScriptedSource.all(5, "8.8.8.8"));
        assertThat(allowed.poll().toCompletableFuture().get())
                .isInstanceOfSatisfying(Lookup.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.NOT_ALLOWED));
    }

    private static AllowedRange read(String range) {
        return AllowedRange.from(new Environment(Map.of("MESH_ALLOWED_CIDR", range)));
    }
}
