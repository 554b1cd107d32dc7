package io.weathermesh.aggregator.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.weathermesh.aggregator.weather.ErrorStatus;
import io.weathermesh.proto.weather.v1.Problem;
import java.util.List;

/**
 * A problem document (RFC 9457). It reveals nothing internal: no address, no stack trace, no name of a library. Not
 * thread-safe until it is complete.
 */
final class ProblemDetails {
    private static final MediaType PROBLEM_JSON = MediaType.create("application", "problem+json");
    private static final Gson GSON = new GsonBuilder().create();

    private final HttpStatus status;
    private final JsonObject body = new JsonObject();
    private int retryAfterSeconds;
    private String allow = "";

    private ProblemDetails(ProblemType type, HttpStatus status, String detail) {
        this.status = status;
        body.addProperty("type", type.uri());
        body.addProperty("title", type.title());
        body.addProperty("status", status.code());
        body.addProperty("detail", detail);
    }

    static ProblemDetails of(ProblemType type, String detail) {
        return new ProblemDetails(type, type.status(), detail);
    }

    /** @param status a more specific one than that of the type */
    static ProblemDetails of(ProblemType type, HttpStatus status, String detail) {
        return new ProblemDetails(type, status, detail);
    }

    /** @param description the fault and the rule, without the name of the parameter */
    static ProblemDetails ofParameter(String parameter, String description) {
        ProblemDetails problem = of(ProblemType.INVALID_PARAMETER, parameter + " " + description + ".");
        JsonObject error = new JsonObject();
        error.addProperty("parameter", parameter);
        error.addProperty("detail", description);
        JsonArray errors = new JsonArray();
        errors.add(error);
        problem.body.add("errors", errors);
        return problem;
    }

    /** @param allowed the methods of the path, as in {@code Allow} */
    static ProblemDetails ofMethods(String allowed) {
        ProblemDetails problem = of(ProblemType.METHOD_NOT_ALLOWED, "Allowed methods: " + allowed + ".");
        problem.allow = allowed;
        return problem;
    }

    ProblemDetails suggesting(List<String> suggestions) {
        JsonArray names = new JsonArray();
        suggestions.forEach(names::add);
        body.add("suggestions", names);
        return this;
    }

    /** Adds the problem of each provider. */
    ProblemDetails because(List<Problem> problems) {
        JsonArray all = new JsonArray();
        problems.forEach(problem -> all.add(Json.tree(problem)));
        body.add("problems", all);
        return this;
    }

    ProblemDetails retryable() {
        return retryableAfter((int) ErrorStatus.RETRY_DELAY.toSeconds());
    }

    ProblemDetails retryableAfter(int seconds) {
        retryAfterSeconds = seconds;
        body.addProperty("retryAfterSeconds", seconds);
        return this;
    }

    AggregatedHttpResponse response() {
        ResponseHeadersBuilder headers = CacheHeaders.noStore(status, PROBLEM_JSON);
        if (retryAfterSeconds > 0) {
            headers.setInt(HttpHeaderNames.RETRY_AFTER, retryAfterSeconds);
        }
        if (!allow.isEmpty()) {
            headers.set(HttpHeaderNames.ALLOW, allow);
        }
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(GSON.toJson(body) + "\n"));
    }
}
