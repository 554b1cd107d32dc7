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
 * The document at {@code /openapi.json}. Routes are written by hand, in {@code openapi/routes.json}; messages are derived
 * from the contract, so the two cannot drift apart. What the gateway promises of a message beyond its form, which fields
 * are always there and what limits they keep, is in {@code openapi/promises.json}.
 */
public final class OpenApiDocument {
    private static final String ROUTES = "/openapi/routes.json";
    private static final String PROMISES = "/openapi/promises.json";
    private static final String FIELDS = "properties";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private OpenApiDocument() {}

    /**
     * The document as JSON text.
     *
     * @throws IllegalStateException if something is promised of a message or a field that the contract has not
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
        read(PROMISES).entrySet().forEach(promise -> promise(promise.getKey(), promise.getValue(), messages));
        JsonObject all = document.getAsJsonObject("components").getAsJsonObject("schemas");
        messages.entrySet().forEach(schema -> all.add(schema.getKey(), schema.getValue()));
        return GSON.toJson(document) + "\n";
    }

    /** Adds what is promised of a message to its schema, and to those of its fields. */
    private static void promise(String message, JsonElement promises, JsonObject messages) {
        JsonObject schema = known(messages, message);
        for (Map.Entry<String, JsonElement> promise : promises.getAsJsonObject().entrySet()) {
            if (!promise.getKey().equals(FIELDS)) {
                schema.add(promise.getKey(), promise.getValue());
                continue;
            }
            JsonObject fields = schema.getAsJsonObject(FIELDS);
            for (Map.Entry<String, JsonElement> field :
                    promise.getValue().getAsJsonObject().entrySet()) {
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
            throw new IllegalStateException(
                    PROMISES + " speaks of " + name + "; the contract has " + String.join(", ", all.keySet()));
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
