package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private enum Colour {
        RED,
        SKY_BLUE
    }

    @Test
    void anAbsentOrBlankSettingHasItsDefault() {
        Environment blank = with("  ");

        assertThat(blank.text("X", "a")).isEqualTo("a");
        assertThat(blank.integer("X", 3, 1, 5)).isEqualTo(3);
        assertThat(blank.port("X", 80)).isEqualTo(80);
        assertThat(blank.flag("X", true)).isTrue();
        assertThat(blank.duration("X", Duration.ofMillis(1500), Duration.ZERO, HOUR))
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(blank.choice("X", Colour.SKY_BLUE)).isEqualTo(Colour.SKY_BLUE);
        assertThat(blank.address("X", "127.0.0.1").getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(blank.socketAddresses("X", 53)).isEmpty();
        assertThat(blank.text("Y", "b")).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "10s, PT10S", "5m, PT5M", "1h, PT1H", "0s, PT0S"})
    void aDurationHasAUnit(String written, Duration duration) {
        assertThat(with(written).duration("X", HOUR, Duration.ZERO, HOUR)).isEqualTo(duration);
        assertThat(with(Environment.format(duration)).duration("X", HOUR, Duration.ZERO, HOUR))
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "1.5s", "-1s", "s", "10 s", "1d", "61m", "99999999999s"})
    void otherDurationsAreRefused(String written) {
        refused(
                () -> with(written).duration("X", HOUR, Duration.ZERO, HOUR),
                "X is '" + written + "', but must be a time like 250ms, 10s or 5m between 0s and 3600s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "1e3", "80.0"})
    void otherPortsAreRefused(String written) {
        refused(
                () -> with(written).port("X", 80),
                "X is '" + written + "', but must be a whole number between 1 and 65535");
    }

    @Test
    void choicesAreInLowerCaseWithDashes() {
        assertThat(with("sky-blue").choice("X", Colour.RED)).isEqualTo(Colour.SKY_BLUE);
        refused(() -> with("SKY_BLUE").choice("X", Colour.RED), "X is 'SKY_BLUE', but must be one of red, sky-blue");
    }

    @Test
    void flagsAreOnOrOff() {
        assertThat(with("off").flag("X", true)).isFalse();
        refused(() -> with("true").flag("X", true), "X is 'true', but must be on or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.1.17", "127.0.0.1", "255.255.255.255", "192.168.200.249"})
    void anAddressIsReadFromItsDigits(String written) {
        assertThat(with(written).address("X", "127.0.0.9").getHostAddress()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0", "10.0.0.256", "::1", "10.0.0.1:53"})
    void aNameIsRefusedAsAnAddressSoThatNoQueryIsSent(String written) {
        refused(
                () -> with(written).address("X", "127.0.0.1"),
                "X is '" + written + "', but must be an IPv4 address like 10.0.1.17");
    }

    @Test
    void thePortOfASocketAddressIsOptional() {
        assertThat(with("10.0.0.2:5353, 10.0.0.3").socketAddresses("X", 53))
                .containsExactly(new InetSocketAddress("10.0.0.2", 5353), new InetSocketAddress("10.0.0.3", 53));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.2:53,",
                ":53",
                "10.0.0.2:",
                "10.0.0.2:dns",
                "10.0.0.2:0",
                "10.0.0.2:65536",
                "10.0.0.256:53",
                "ns.example:53"
            })
    void otherSocketAddressesAreRefused(String written) {
        refused(
                () -> with(written).socketAddresses("X", 53),
                "X is '" + written + "', but must be IPv4 addresses like 10.0.0.2:53, separated by commas, with"
                        + " ports between 1 and 65535");
    }

    @Test
    void aLongValueIsShortenedInTheMessage() {
        assertThatThrownBy(() -> with("9".repeat(10_000)).port("X", 80))
                .message()
                .hasSizeLessThan(300);
    }

    private static Environment with(String value) {
        return new Environment(Map.of("X", value));
    }

    private static void refused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(InvalidSettingException.class).hasMessage(message);
    }

    @Test
    void settingsOfAnIndependentModuleAreRefusedTheSameWay() {
        Environment environment = new Environment(Map.of("SIZE", "7"));

        assertThat(environment.<String>read(settings -> settings.apply("SIZE", "1") + settings.apply("OTHER", "2")))
                .isEqualTo("72");
        assertThatThrownBy(() -> environment.read(settings -> {
                    throw new IllegalArgumentException("SIZE is '7', but must be 8");
                }))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("SIZE is '7', but must be 8");
    }
}
