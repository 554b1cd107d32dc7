package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of {@code --context}: each message names the setting, its value and what it must be. */
class WeatherAppTest {
    private static final Map<String, String> MINIMAL =
            Map.of("plainHttp", "true", "imageTag", "3f2c1a9", "protected", "true");

    @Test
    void defaultsAreThoseOfTheReadme() {
        WeatherProps props = props(Map.of());
        assertThat(props.placement().region()).isEqualTo("eu-central-1");
        assertThat(props.sources()).isEqualTo(WeatherSources.embedded());
        assertThat(props.operations().protectedFromDeletion()).isTrue();
        assertThat(props.services().provider()).isEqualTo(TaskSize.PROVIDER);
        assertThat(props.images())
                .isEqualTo(new Images(
                        Optional.empty(), "weather-mesh", Stacks.versions("3f2c1a9"), Images.Architecture.ARM64));
    }

    @Test
    void settingsReachTheProps() {
        WeatherProps props = props(Map.of(
                "egress", "nat",
                "sources", "met-norway,climatology",
                "contact", "ops@example.org",
                "providerTasks", "4",
                "protected", "false",
                "dnsTtl", "5"));
        assertThat(props.sources())
                .isEqualTo(new WeatherSources("met-norway,climatology", Optional.of("ops@example.org")));
        assertThat(props.services().provider().maxTasks()).isEqualTo(4);
        assertThat(props.operations().protectedFromDeletion()).isFalse();
        assertThat(props.services().timings().dnsTtl()).hasSeconds(5);
    }

    @Test
    void theImageOfOneServiceCanHaveAVersionOfItsOwn() {
        assertThat(props(Map.of("imageVersions", "humidity-provider=" + Stacks.DIGEST))
                        .images()
                        .versions())
                .containsEntry("humidity-provider", Stacks.DIGEST)
                .containsEntry("temperature-provider", "3f2c1a9");
    }

    @Test
    void aRegionMustBeKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeatherApp.props(new Context(MINIMAL), Optional.empty()))
                .withMessage("region is not given, but must be one such as eu-central-1");
        assertThat(props(Map.of("region", "eu-west-1")).placement().region()).isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plainHttp    | maybe      | plainHttp is 'maybe', but must be true or false
            protected    | ''         | protected is not given, but must be false for the first deploy of a stack
            protected    | no         | protected is 'no', but must be true or false
            cloudMapApi  | on         | cloudMapApi is 'on', but must be true or false
            zones        | two        | zones is 'two', but must be a whole number
            egress       | internet   | egress is 'internet', but must be endpoints or nat
            architecture | arm        | architecture is 'arm', but must be arm64 or x86-64
            imageTag     | ''         | imageTag is not given, but must be the tag
            imageTag     | latest     | imageTag of temperature-provider is 'latest', but must be a tag that never moves
            imageVersions | humidity-provider | imageVersions is 'humidity-provider', but must be <service>=<tag or digest>
            imageVersions | wind=1      | imageVersions has 'wind', but must have only temperature-provider
            imagePrefix  | Mesh       | imagePrefix is 'Mesh', but must be the name of a repository
            providerTasks | 1        | providerTasks is 1, but must be between 2 and 500
            providerTasks | 501      | providerTasks is 501, but must be between 2 and 500: Cloud Map registers 1,000
            alarmTopic   | night      | alarmTopic is 'night', but must be the ARN of an SNS topic
            certificate  | arn:aws:x  | one of certificate, domain and plainHttp must be given, and only one
            """)
    void isRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> props(Map.of(name, value)))
                .withMessageContaining(message);
    }

    @Test
    void theNamesOfTheCdkAreAccepted() {
        Context context = new Context(Map.of(
                "@aws-cdk/core:x", true,
                "aws:cdk:y", true,
                "aws-cdk:enableDiffNoFail", true,
                "availability-zones:account=1:region=eu-central-1", "eu-central-1a",
                "acknowledged-issue-numbers", "1",
                "cdk-migrate", true));
        assertThatCode(context::refuseOthers).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zone", "alarm_topic", "alarm-topic", "log_days", "imageTag2", "image.tag", "imageTag "})
    void anUnknownNameIsRefused(String name) {
        Context context = new Context(Map.of("plainHttp", true, name, 3));
        assertThat(context.flag("plainHttp", false)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(context::refuseOthers)
                .withMessage("context has " + name + ", but must have only plainHttp");
    }

    private static WeatherProps props(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(MINIMAL);
        all.putAll(given);
        return WeatherApp.props(new Context(all), Optional.of("eu-central-1"));
    }
}
