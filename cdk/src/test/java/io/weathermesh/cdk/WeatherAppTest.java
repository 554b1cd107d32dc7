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

/** What can be said with {@code --context}, and what is refused: by key, value, and what is allowed. */
class WeatherAppTest {
    private static final Map<String, String> LEAST =
            Map.of("plainHttp", "true", "imageTag", "3f2c1a9", "protected", "true");

    @Test
    void whatIsNotGivenIsAsTheReadmeSays() {
        WeatherProps props = props(Map.of());
        assertThat(props.region()).isEqualTo("eu-central-1");
        assertThat(props.sources()).isEqualTo(WeatherSources.embedded());
        assertThat(props.protectedFromDeletion()).isTrue();
        assertThat(props.provider()).isEqualTo(TaskSize.PROVIDER);
        assertThat(props.images()).isEqualTo(new Images("weather-mesh", "3f2c1a9"));
    }

    @Test
    void whatIsGivenArrives() {
        WeatherProps props = props(Map.of(
                "egress", "nat",
                "sources", "met-norway,climatology",
                "contact", "ops@example.org",
                "providerTasks", "4",
                "protected", "false",
                "dnsTtl", "5"));
        assertThat(props.sources())
                .isEqualTo(new WeatherSources("met-norway,climatology", Optional.of("ops@example.org")));
        assertThat(props.provider().maxTasks()).isEqualTo(4);
        assertThat(props.protectedFromDeletion()).isFalse();
        assertThat(props.timings().dnsTtl()).hasSeconds(5);
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
            imageTag     | latest     | imageTag is 'latest', but must be a tag that never moves
            imagePrefix  | Mesh       | imagePrefix is 'Mesh', but must be a repository's name
            providerTasks | 1        | providerTasks is 1, but must be at least 2
            alarmTopic   | night      | alarmTopic is 'night', but must be the ARN of a topic
            certificate  | arn:aws:x  | one of three is needed, and only one
            """)
    void isRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> props(Map.of(name, value)))
                .withMessageContaining(message);
    }

    @Test
    void theCdksOwnNamesAreNotRefused() {
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
    void aNameThatNobodyReadsIsRefused(String name) {
        Context context = new Context(Map.of("plainHttp", true, name, 3));
        assertThat(context.flag("plainHttp", false)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(context::refuseOthers)
                .withMessage("context has " + name + ", but known are only plainHttp");
    }

    private static WeatherProps props(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(given);
        return WeatherApp.props(new Context(all), "eu-central-1");
    }
}
