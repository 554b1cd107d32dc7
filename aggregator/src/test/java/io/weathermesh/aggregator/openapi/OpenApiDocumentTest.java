package io.weathermesh.aggregator.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OpenApiDocumentTest {
    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\": \"#/components/([a-z]+)/([A-Za-z.]+)\"");

    private final String text = OpenApiDocument.json();
    private final JsonObject document = JsonParser.parseString(text).getAsJsonObject();
    private final JsonObject components = document.getAsJsonObject("components");

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        Set<String> used = new TreeSet<>();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            used.add(reference.group(1) + "/" + reference.group(2));
        }
        Set<String> present = components.entrySet().stream()
                .flatMap(kind ->
                        kind.getValue().getAsJsonObject().keySet().stream().map(name -> kind.getKey() + "/" + name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).isEqualTo(present);
    }

    @Test
    void schemasAreThoseOfTheContractWithItsComments() {
        JsonObject weather = schema("Weather");
        assertThat(weather.get("description").getAsString()).startsWith("The weather at a place.");
        JsonObject properties = weather.getAsJsonObject("properties");
        assertThat(properties.keySet())
                .containsExactlyElementsOf(Weather.getDescriptor().getFields().stream()
                        .map(FieldDescriptor::getJsonName)
                        .toList());
        assertThat(properties.getAsJsonObject("effectiveTime").get("format").getAsString())
                .isEqualTo("date-time");
        assertThat(properties.getAsJsonObject("problems").get("type").getAsString())
                .isEqualTo("array");
        assertThat(schema("Kind").get("description").getAsString()).contains("Independent of today's weather.");
    }

    @Test
    void constraintsAreInTheSchema() {
        assertThat(schema("Location").getAsJsonArray("required").toString())
                .isEqualTo("[\"name\",\"displayName\",\"coordinates\",\"gazetteer\"]");
        JsonObject months = schema("Climate").getAsJsonObject("properties").getAsJsonObject("months");
        assertThat(months.get("maxItems").getAsInt()).isEqualTo(12);
        assertThat(months.get("description").getAsString()).startsWith("Twelve months");
    }

    @Test
    void everyRequiredFieldExists() {
        for (Map.Entry<String, JsonElement> schema :
                components.getAsJsonObject("schemas").entrySet()) {
            JsonObject message = schema.getValue().getAsJsonObject();
            if (message.has("required")) {
                message.getAsJsonArray("required").forEach(name -> assertThat(
                                message.getAsJsonObject("properties").keySet())
                        .as(schema.getKey())
                        .contains(name.getAsString()));
            }
        }
    }

    @Test
    void everyFieldOfOursIsDescribed() {
        Set<String> silent = new TreeSet<>();
        for (Map.Entry<String, JsonElement> schema :
                components.getAsJsonObject("schemas").entrySet()) {
            JsonObject properties = schema.getValue().getAsJsonObject().getAsJsonObject("properties");
            if (properties != null) {
                properties.entrySet().stream()
                        .filter(property ->
                                !property.getValue().getAsJsonObject().has("description"))
                        .forEach(property -> silent.add(schema.getKey() + "." + property.getKey()));
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void everyRouteHasANameOfItsOwnAndEveryPathParameterIsDeclared() {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonElement> path :
                document.getAsJsonObject("paths").entrySet()) {
            for (Map.Entry<String, JsonElement> method :
                    path.getValue().getAsJsonObject().entrySet()) {
                JsonObject operation = method.getValue().getAsJsonObject();
                assertThat(names.add(operation.get("operationId").getAsString()))
                        .as(path.getKey())
                        .isTrue();
                assertThat(operation.has("summary")).as(path.getKey()).isTrue();
                if (path.getKey().contains("{location}")) {
                    assertThat(operation.get("parameters").toString()).contains("locationInPath");
                }
            }
        }
    }

    private JsonObject schema(String name) {
        return components.getAsJsonObject("schemas").getAsJsonObject(name);
    }
}
