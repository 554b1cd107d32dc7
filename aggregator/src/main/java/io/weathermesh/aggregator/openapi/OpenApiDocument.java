package io.weathermesh.aggregator.openapi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherRequest;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.ListSourcesResponse;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import io.weathermesh.proto.weather.v1.Weather;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The document at {@code /openapi.json}. Routes are written by hand, in {@code openapi/routes.json}; schemas are derived from
 * the contract, so the two cannot differ. Constraints that the contract does not have, such as required fields and ranges, are
 * in {@code openapi/constraints.json}.
 */
public final class OpenApiDocument {
    private static final String ROUTES = "/openapi/routes.json";
    private static final String CONSTRAINTS = "/openapi/constraints.json";
    private static final String FIELDS = "properties";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private OpenApiDocument() {}

    /**
     * The document as JSON text.
     *
     * @throws IllegalStateException if there are constraints for a message or a field that the contract does not have
     */
    public static String json() {
        JsonObject document = read(ROUTES);
        ContractSchemas schemas = new ContractSchemas(ContractComments.load());
        schemas.add(Weather.getDescriptor());
        schemas.add(BatchLookupWeatherRequest.getDescriptor());
        schemas.add(BatchLookupWeatherResponse.getDescriptor());
        schemas.add(Climate.getDescriptor());
        schemas.add(SearchLocationsResponse.getDescriptor());
        schemas.add(ListSourcesResponse.getDescriptor());
        JsonObject messages = schemas.toJson();
        read(CONSTRAINTS).entrySet().forEach(message -> constrain(message.getKey(), message.getValue(), messages));
        JsonObject all = document.getAsJsonObject("components").getAsJsonObject("schemas");
        messages.entrySet().forEach(schema -> all.add(schema.getKey(), schema.getValue()));
        return GSON.toJson(document) + "\n";
    }

    /** Adds constraints to the schema of a message, and to those of its fields. */
    private static void constrain(String message, JsonElement constraints, JsonObject messages) {
        JsonObject schema = known(messages, message);
        for (Map.Entry<String, JsonElement> constraint :
                constraints.getAsJsonObject().entrySet()) {
            if (!constraint.getKey().equals(FIELDS)) {
                schema.add(constraint.getKey(), constraint.getValue());
                continue;
            }
            JsonObject fields = schema.getAsJsonObject(FIELDS);
            for (Map.Entry<String, JsonElement> field :
                    constraint.getValue().getAsJsonObject().entrySet()) {
                JsonObject property = known(fields, field.getKey());
                field.getValue()
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(limit -> property.add(limit.getKey(), limit.getValue()));
            }
        }
    }

    private static JsonObject known(JsonObject all, String name) {
        if (!all.has(name)) {
            throw new IllegalStateException(CONSTRAINTS + " has constraints for " + name + ", but must name one of "
                    + String.join(", ", all.keySet()));
        }
        return all.getAsJsonObject(name);
    }

    private static JsonObject read(String resource) {
        try (InputStream file = OpenApiDocument.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return JsonParser.parseReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(resource + " cannot be read", failure);
        }
    }
}
