package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReportTest {
    @ParameterizedTest
    @CsvSource({
        "MESH_DNS_SERVER, MESH_DNS_SERVERS",
        "MESH_DNSSERVERS, MESH_DNS_SERVERS",
        "MESH_DNS_SEVRERS, MESH_DNS_SERVERS",
        "MESH_ALOWED_CIDRS, MESH_ALLOWED_CIDR"
    })
    void aMisspeltVariableIsReportedWithTheNearName(String misspelt, String setting) {
        assertThat(pageOf(Map.of(misspelt, "x")))
                .contains(misspelt + " is set, but this process does not read it; did you mean " + setting + "?\n");
    }

    @Test
    void aVariableForAnotherProcessHasNoNearName() {
        assertThat(pageOf(Map.of("WEATHER_CACHE", "off")))
                .contains("WEATHER_CACHE is set, but this process does not read it\n");
    }

    @Test
    void aReadVariableIsNotReportedAsMisspelt() {
        assertThat(pageOf(Map.of("MESH_DNS_SERVERS", "10.0.0.2")))
                .isEqualTo("MESH_ALLOWED_CIDR=0.0.0.0/0 (default)\nMESH_DNS_SERVERS=10.0.0.2\n");
    }

    @Test
    void variablesOfOthersAreNotReported() {
        assertThat(pageOf(Map.of("MESHES", "1", "PATH", "/bin")))
                .isEqualTo("MESH_ALLOWED_CIDR=0.0.0.0/0 (default)\nMESH_DNS_SERVERS= (default)\n");
    }

    private static String pageOf(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        environment.text("MESH_DNS_SERVERS", "");
        environment.text("MESH_ALLOWED_CIDR", "0.0.0.0/0");
        return environment.report().page();
    }
}
