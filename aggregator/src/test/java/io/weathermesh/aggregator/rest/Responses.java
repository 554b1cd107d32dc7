package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.weathermesh.proto.weather.v1.Weather;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Parses the responses of the gateway. */
final class Responses {
    private Responses() {}

    static Weather weather(HttpResponse<String> response) throws IOException {
        return read(response, Weather.newBuilder()).build();
    }

    /** Reads a message of the contract; a field that it does not have is an error. */
    static <B extends Message.Builder> B read(HttpResponse<String> response, B message) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonFormat.parser().merge(response.body(), message);
        return message;
    }

    /** A problem that is what it must be. */
    static JsonObject problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(TestGateway.header(response, "content-type")).isEqualTo("application/problem+json");
        JsonObject problem = JsonParser.parseString(response.body()).getAsJsonObject();
        assertThat(problem.get("type").getAsString()).isEqualTo("/problems/" + type);
        assertThat(problem.get("status").getAsInt()).isEqualTo(status);
        return problem;
    }
}
