package io.weathermesh.aggregator.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Requests at random of what {@code /openapi.json} describes: mostly as it allows, now and then with one thing that it does
 * not. The same seed makes the same requests.
 */
final class RandomRequests {
    private static final List<String> OTHER_METHODS = List.of("DELETE", "PUT", "PATCH");

    private static final Set<String> NAMES_A_PLACE = Set.of("location", "query");
    private static final Set<String> COORDINATES = Set.of("latitude", "longitude");

    /** A route whose response does not end. */
    private static final String STREAM = "/stream";

    /** More characters than an address may have bytes. */
    private static final int TOO_LONG = 5_000;

    /** How much of a long target or body a person needs to see. */
    private static final int SHOWN = 300;

    private final Random random;
    private final RandomValues values;
    private final List<Operation> operations = new ArrayList<>();

    RandomRequests(ContractCheck contract, long seed) {
        random = new Random(seed);
        values = new RandomValues(contract, random);
        for (Map.Entry<String, JsonElement> path :
                contract.document().getAsJsonObject("paths").entrySet()) {
            if (!path.getKey().endsWith(STREAM)) {
                path.getValue()
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(method -> operations.add(Operation.of(contract, path.getKey(), method)));
            }
        }
    }

    /** A method of a path, with its parameters. */
    private record Operation(String path, String method, List<JsonObject> parameters) {
        static Operation of(ContractCheck contract, String path, Map.Entry<String, JsonElement> method) {
            List<JsonObject> parameters = new ArrayList<>();
            JsonElement declared = method.getValue().getAsJsonObject().get("parameters");
            if (declared != null) {
                declared.getAsJsonArray().forEach(one -> parameters.add(contract.resolve(one.getAsJsonObject())));
            }
            return new Operation(path, method.getKey(), parameters);
        }
    }

    /**
     * One request.
     *
     * @param documentedAs the method of the path that documents the response
     */
    record Case(String path, String documentedAs, String method, String target, String body, List<String> headers) {
        HttpResponse<String> send(TestGateway gateway) throws IOException, InterruptedException {
            String[] names = headers.toArray(String[]::new);
            return method.equals("POST") ? gateway.post(target, body, names) : gateway.send(method, target, names);
        }

        /** What a person needs to see of it. */
        @Override
        public String toString() {
            return method + " " + start(target) + " " + headers + " " + start(body);
        }

        private static String start(String text) {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
        }
    }

    Case next() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        boolean byName = random.nextBoolean();
        String path = operation.path();
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (JsonObject parameter : operation.parameters()) {
            String name = parameter.get("name").getAsString();
            if (parameter.get("in").getAsString().equals("path")) {
                path = path.replace("{" + name + "}", encoded(values.nonEmptyText(parameter)));
            } else if (isAsked(name, byName)) {
                query.add(name + "=" + encoded(values.text(parameter)));
                if (values.oneIn(40)) {
                    query.add(name + "=" + encoded(values.text(parameter)));
                }
            }
        }
        if (values.oneIn(25)) {
            query.add(encoded(values.word()) + "=" + encoded(values.word()));
        }
        if (values.oneIn(60)) {
            query.add("location=" + "a".repeat(TOO_LONG));
        }
        boolean posted = operation.method().equals("post");
        String method = values.oneIn(25)
                ? OTHER_METHODS.get(random.nextInt(OTHER_METHODS.size()))
                : operation.method().toUpperCase(Locale.ROOT);
        String body = posted ? values.body() : "";
        return new Case(operation.path(), operation.method(), method, path + query, body, headers(posted));
    }

    /** A request has the name of a place or its coordinates, and seldom both, which is invalid. */
    private boolean isAsked(String parameter, boolean byName) {
        if (NAMES_A_PLACE.contains(parameter)) {
            return byName != values.oneIn(20);
        }
        return COORDINATES.contains(parameter) ? byName == values.oneIn(20) : values.oneIn(4);
    }

    private List<String> headers(boolean posted) {
        List<String> headers = new ArrayList<>();
        if (posted && !values.oneIn(30)) {
            headers.addAll(List.of("Content-Type", values.contentType()));
        }
        if (values.oneIn(8)) {
            headers.addAll(List.of("If-None-Match", values.oneIn(2) ? "*" : "\"" + random.nextInt() + "\""));
        }
        if (values.oneIn(8)) {
            headers.addAll(List.of("Accept", values.oneIn(2) ? "application/json" : "image/png"));
        }
        if (values.oneIn(8)) {
            headers.addAll(
                    List.of("X-Request-Id", values.oneIn(2) ? "fuzz-" + random.nextInt(100) : "not {well} formed"));
        }
        if (values.oneIn(8)) {
            headers.addAll(List.of(
                    "traceparent", values.oneIn(2) ? "00-" + "1f".repeat(16) + "-" + "2e".repeat(8) + "-01" : "00-0"));
        }
        return headers;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
