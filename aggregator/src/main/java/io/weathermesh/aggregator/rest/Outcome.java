package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.rpc.Code;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a request ended for who asked, in the words of the access log: alarms count them, so they never change.
 *
 * @param name {@code COMPLETE} or {@code PARTIAL} for weather and climate, {@code UNAVAILABLE} when no provider could
 *     be had; for the rest {@code OK}, {@code REFUSED} (4xx), {@code FAILED} (5xx), or {@code ABANDONED} when the client
 *     went away before there was an answer
 * @param providers what became of each provider: {@code OK}, {@code CACHED} when it was not asked for this request,
 *     {@code STALE}, or the canonical code of its failure
 */
record Outcome(String name, Map<String, String> providers) {
    private static final String UNAVAILABLE = "UNAVAILABLE";
    private static final String CACHED = "CACHED";
    private static final String STALE = "STALE";

    Outcome {
        providers = Map.copyOf(providers);
    }

    /** An answer of the contract, for which nobody was called. */
    static Outcome of(Message answer) {
        if (answer instanceof Weather weather) {
            return of(weather.getStatus(), weather.getProblemsList(), Provenances.of(weather));
        }
        if (answer instanceof Climate climate) {
            return of(climate.getStatus(), climate.getProblemsList(), Provenances.of(climate));
        }
        if (answer instanceof BatchLookupWeatherResponse batch) {
            boolean partial = batch.getResultsList().stream().anyMatch(Outcome::lacksAnElement);
            return new Outcome(partial ? GatewayNames.PARTIAL : GatewayNames.COMPLETE, Map.of());
        }
        return new Outcome("OK", Map.of());
    }

    /** Whether a provider could not be had for a place of a batch. */
    private static boolean lacksAnElement(BatchLookupWeatherResponse.Result result) {
        return result.getWeather().getStatus() == Weather.Status.STATUS_PARTIAL
                || result.getError().getCode() == Code.UNAVAILABLE_VALUE;
    }

    private static Outcome of(Weather.Status status, List<Problem> problems, Map<String, Provenance> told) {
        Map<String, String> providers = new HashMap<>();
        told.keySet().forEach(provider -> providers.put(provider, CACHED));
        addTo(providers, problems);
        return new Outcome(
                status == Weather.Status.STATUS_COMPLETE ? GatewayNames.COMPLETE : GatewayNames.PARTIAL, providers);
    }

    /** The same, for which these calls were made: they say what became of a provider, where the answer does not. */
    Outcome after(List<RequestNotes.ProviderCall> calls) {
        if (calls.isEmpty()) {
            return this;
        }
        Map<String, String> all = called(calls);
        providers.forEach((provider, word) -> {
            if (word.equals(CACHED)) {
                all.putIfAbsent(provider, word);
            } else {
                all.put(provider, word);
            }
        });
        return new Outcome(name, all);
    }

    /** No provider could be had, for these reasons. */
    static Outcome unavailable(List<Problem> problems) {
        Map<String, String> providers = new HashMap<>();
        addTo(providers, problems);
        return new Outcome(UNAVAILABLE, providers);
    }

    /** All that can be said of an answer that is not of the contract. 0 is no status: nothing was sent. */
    static Outcome ofStatus(int status) {
        String name = status == 0 ? "ABANDONED" : status < 400 ? "OK" : status < 500 ? "REFUSED" : "FAILED";
        return new Outcome(name, Map.of());
    }

    private static Map<String, String> called(List<RequestNotes.ProviderCall> calls) {
        Map<String, String> providers = new HashMap<>();
        for (RequestNotes.ProviderCall call : calls) {
            // Of several calls to one provider the failure is told.
            providers.merge(
                    call.provider(),
                    call.code().name(),
                    (one, other) -> one.equals(Status.Code.OK.name()) ? other : one);
        }
        return providers;
    }

    private static void addTo(Map<String, String> providers, List<Problem> problems) {
        for (Problem problem : problems) {
            boolean stale = problem.getEffect() == Problem.Effect.EFFECT_STALE;
            providers.put(problem.getProvider(), stale ? STALE : nameOf(problem.getCode()));
        }
    }

    private static String nameOf(ProtocolMessageEnum code) {
        return code.getValueDescriptor().getName();
    }
}
