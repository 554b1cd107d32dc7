package io.weathermesh.aggregator.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.weathermesh.aggregator.openapi.OpenApiDocument;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares responses with {@code /openapi.json}: the status must be documented for the operation, the type for the status, and
 * the body must match its schema. A field that the contract does not have is a fault here, although the schemas permit
 * it for newer gateways.
 */
final class ContractCheck {
    private static final String BASE = "https://weather-mesh.invalid/openapi.json";

    private final JsonObject document =
            JsonParser.parseString(OpenApiDocument.json()).getAsJsonObject();
    private final SchemaRegistry schemas;

    ContractCheck() {
        JsonObject closed = document.deepCopy();
        for (Map.Entry<String, JsonElement> schema :
                closed.getAsJsonObject("components").getAsJsonObject("schemas").entrySet()) {
            JsonObject message = schema.getValue().getAsJsonObject();
            if (message.has("properties")) {
                message.addProperty("additionalProperties", false);
            }
        }
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(BASE, closed.toString())));
    }

    JsonObject document() {
        return document;
    }

    /** The faults of a response; empty if there are none. */
    List<String> faults(String path, String method, HttpResponse<String> response) {
        if (response.statusCode() >= 500) {
            return List.of("it is a failure of the gateway");
        }
        JsonObject responses = document.getAsJsonObject("paths")
                .getAsJsonObject(path)
                .getAsJsonObject(method)
                .getAsJsonObject("responses");
        String status = Integer.toString(response.statusCode());
        if (!responses.has(status)) {
            return List.of("the status is not documented; those that are: " + responses.keySet());
        }
        JsonObject content = resolve(responses.getAsJsonObject(status)).getAsJsonObject("content");
        return content == null ? bodyless(response) : body(content, response);
    }

    private static List<String> bodyless(HttpResponse<String> response) {
        return response.body().isEmpty() ? List.of() : List.of("it has a body, and none is documented");
    }

    private List<String> body(JsonObject content, HttpResponse<String> response) {
        String type = TestGateway.header(response, "content-type").replaceFirst("\\s*;.*", "");
        if (!content.has(type)) {
            return List.of("the type is " + type + "; documented: " + content.keySet());
        }
        JsonObject schema = content.getAsJsonObject(type).getAsJsonObject("schema");
        // Only what is JSON has a schema to keep; all of it is a reference to a component.
        return schema.has("$ref") ? violations(schema.get("$ref").getAsString(), response.body()) : List.of();
    }

    private List<String> violations(String reference, String body) {
        Schema schema = schemas.getSchema(SchemaLocation.of(BASE + reference));
        List<String> violations = new ArrayList<>();
        schema.validate(
                        body,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .forEach(error -> violations.add(error.toString()));
        return violations;
    }

    /** What a reference to a component leads to; the value itself where it is none. */
    JsonObject resolve(JsonObject value) {
        return Optional.ofNullable(value.get("$ref"))
                .map(reference -> {
                    JsonObject at = document;
                    for (String name : reference.getAsString().substring(2).split("/")) {
                        at = at.getAsJsonObject(name);
                    }
                    return at;
                })
                .orElse(value);
    }
}
