package io.weathermesh.local.twin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PreflightTest {
    /** A subnet of this test only, so that its ports are free. */
    private static final int SUBNET = 110;

    @Test
    void theStartPassesIfEverythingIsFree() throws IOException {
        TwinSettings settings = settings(2);
        assertThatCode(() -> new Preflight(settings, "Linux", address -> true).check())
                .doesNotThrowAnyException();
    }

    @Test
    void anAddressThatIsMissingIsNamedAndOnAMacSoAreTheAliases() throws IOException {
        TwinSettings settings = settings(9);
        assertThatThrownBy(() -> new Preflight(settings, "Mac OS X", PreflightTest::isOneOfEight).check())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("this Mac has no 127.0.111.9")
                .hasMessageContaining("for s in 110 111 112; do")
                .hasMessageContaining("sudo ifconfig lo0 alias 127.0.$s.$t up");
        assertThatThrownBy(() -> new Preflight(settings, "Linux", PreflightTest::isOneOfEight).check())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("this machine has no 127.0.111.9")
                .hasMessageContaining("ip address add 127.0.0.1/8 dev lo");
    }

    @Test
    void aTakenPortIsNamedWithTheOptionForAnother() throws IOException {
        TwinSettings settings = settings(1);
        try (ServerSocket taken =
                new ServerSocket(settings.awsPort(), 1, InetAddress.getByName(TwinSettings.LOOPBACK))) {
            assertThatThrownBy(() -> new Preflight(settings, "Linux", address -> true).check())
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is taken")
                    .hasMessageContaining("--aws-port");
        }
        try (DatagramSocket taken = new DatagramSocket(null)) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.dnsPort()));
            assertThatThrownBy(() -> new Preflight(settings, "Linux", address -> true).check())
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("--dns-port");
        }
        try (ServerSocket taken = new ServerSocket(9090, 1, InetAddress.getByName("127.0.111.1"))) {
            assertThatThrownBy(() -> new Preflight(settings, "Linux", address -> true).check())
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.111.1 is taken")
                    .hasMessageContaining("--subnet");
        }
    }

    @Test
    void conflictingSettingsAreRefused() {
        assertThatThrownBy(() -> settings(1, Duration.ofSeconds(2), 5300, 5300, 4570))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5300, 5300 and 4570, but must differ");
        assertThatThrownBy(() -> settings(1, Duration.ofSeconds(60), 8080, 5300, 4570))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a TTL of 60 s and a lag of 60 s");
    }

    private static boolean isOneOfEight(Inet4Address address) {
        return address.getAddress()[3] <= 8;
    }

    private static TwinSettings settings(int humidityTasks) throws IOException {
        try (ServerSocket one = free();
                ServerSocket two = free();
                ServerSocket three = free()) {
            return settings(
                    humidityTasks,
                    Duration.ofSeconds(10),
                    one.getLocalPort(),
                    two.getLocalPort(),
                    three.getLocalPort());
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName(TwinSettings.LOOPBACK));
    }

    private static TwinSettings settings(int humidityTasks, Duration ttl, int port, int dnsPort, int awsPort) {
        return new TwinSettings(
                Path.of("."),
                Map.of(ServiceDefinition.HUMIDITY.name(), humidityTasks),
                ttl,
                ttl,
                Duration.ofSeconds(30),
                SUBNET,
                port,
                dnsPort,
                awsPort);
    }
}
