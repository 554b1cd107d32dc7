package io.weathermesh.aggregator.openapi;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
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

/**
 * The document at {@code /openapi.json}. Routes are written by hand, in {@code openapi/routes.json}; messages are derived
 * from the contract, so the two cannot drift apart.
 */
public final class OpenApiDocument {
    private static final String ROUTES = "/openapi/routes.json";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private OpenApiDocument() {}

    /** The document as JSON text. */
    public static String json() {
        JsonObject document = routes();
        ContractSchemas schemas = new ContractSchemas(ContractComments.load());
        schemas.add(Weather.getDescriptor());
        schemas.add(BatchLookupWeatherRequest.getDescriptor());
        schemas.add(BatchLookupWeatherResponse.getDescriptor());
        schemas.add(Climate.getDescriptor());
        schemas.add(SearchLocationsResponse.getDescriptor());
        schemas.add(ListSourcesResponse.getDescriptor());
        JsonObject all = document.getAsJsonObject("components").getAsJsonObject("schemas");
        schemas.toJson().entrySet().forEach(schema -> all.add(schema.getKey(), schema.getValue()));
        return GSON.toJson(document) + "\n";
    }

    private static JsonObject routes() {
        try (InputStream file = OpenApiDocument.class.getResourceAsStream(ROUTES)) {
            if (file == null) {
                throw new IllegalStateException(ROUTES + " is not on the class path");
            }
            return JsonParser.parseReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(ROUTES + " cannot be read", failure);
        }
    }
}
