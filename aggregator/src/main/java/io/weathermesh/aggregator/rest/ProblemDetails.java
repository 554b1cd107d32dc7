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
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.weathermesh.proto.weather.v1.Problem;
import java.util.List;

/**
 * Why there is no answer, as RFC 9457 writes it. Carries nothing of the inside: no address, no stack trace, no name of a
 * library.
 */
final class ProblemDetails {
    /** When a client may try again, in seconds: by then a dead task has been left out by every channel. */
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final MediaType PROBLEM_JSON = MediaType.create("application", "problem+json");
    private static final Gson GSON = new GsonBuilder().create();

    private final HttpStatus status;
    private final JsonObject body = new JsonObject();
    private int retryAfterSeconds;
    private String allow = "";

    private ProblemDetails(ProblemType type, HttpStatus status, String detail) {
        this.status = status;
        body.addProperty("type", "/problems/" + type.slug());
        body.addProperty("title", type.title());
        body.addProperty("status", status.code());
        body.addProperty("detail", detail);
    }

    static ProblemDetails of(ProblemType type, String detail) {
        return new ProblemDetails(type, type.status(), detail);
    }

    /** A problem whose status is finer than its type's. */
    static ProblemDetails of(ProblemType type, HttpStatus status, String detail) {
        return new ProblemDetails(type, status, detail);
    }

    /** One parameter is to blame. */
    static ProblemDetails ofParameter(String parameter, String complaint) {
        ProblemDetails problem = of(ProblemType.INVALID_PARAMETER, parameter + " " + complaint + ".");
        JsonObject error = new JsonObject();
        error.addProperty("parameter", parameter);
        error.addProperty("detail", complaint);
        JsonArray errors = new JsonArray();
        errors.add(error);
        problem.body.add("errors", errors);
        return problem;
    }

    ProblemDetails suggesting(List<String> suggestions) {
        JsonArray names = new JsonArray();
        suggestions.forEach(names::add);
        body.add("suggestions", names);
        return this;
    }

    /** What each provider's trouble was. */
    ProblemDetails because(List<Problem> problems) {
        JsonArray all = new JsonArray();
        problems.forEach(problem -> all.add(Json.tree(problem)));
        body.add("problems", all);
        return this;
    }

    ProblemDetails retryable() {
        return retryableAfter(RETRY_AFTER_SECONDS);
    }

    ProblemDetails retryableAfter(int seconds) {
        retryAfterSeconds = seconds;
        body.addProperty("retryAfterSeconds", seconds);
        return this;
    }

    /** The methods that the address takes. */
    ProblemDetails allowing(String methods) {
        allow = methods;
        return this;
    }

    AggregatedHttpResponse response() {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status)
                .contentType(PROBLEM_JSON)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (retryAfterSeconds > 0) {
            headers.setInt(HttpHeaderNames.RETRY_AFTER, retryAfterSeconds);
        }
        if (!allow.isEmpty()) {
            headers.set(HttpHeaderNames.ALLOW, allow);
        }
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(GSON.toJson(body) + "\n"));
    }
}
