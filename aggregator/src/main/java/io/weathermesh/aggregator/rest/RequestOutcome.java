package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse.Result;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a request ended, in the words of the access log. Alarms count them, so they never change.
 *
 * @param kind how it ended for the client
 * @param providers what each provider contributed: {@code OK}, {@code CACHED} without a call for this request, {@code
 *     STALE}, or the canonical code of its failure
 */
record RequestOutcome(Kind kind, Map<String, String> providers) {
    private static final String CACHED = "CACHED";
    private static final String STALE = "STALE";
    private static final RequestOutcome OK = new RequestOutcome(Kind.OK, Map.of());

    /** The first two are the names in {@link GatewayNames}. */
    enum Kind {
        /** Weather or climate with all values. */
        COMPLETE,
        /** Weather or climate with a value missing or stale. */
        PARTIAL,
        /** No provider was available. */
        UNAVAILABLE,
        /** Any other success. */
        OK,
        /** A status of 4xx. */
        REFUSED,
        /** Any other status of 5xx. */
        FAILED,
        /** The client went away before there was a response. */
        ABANDONED
    }

    RequestOutcome {
        providers = Map.copyOf(providers);
    }

    /** Of a request that gets this message without a call to a provider. */
    static RequestOutcome of(Message message) {
        if (message instanceof Weather weather) {
            return of(
                    weather.getStatus(),
                    weather.getProblemsList(),
                    Provenances.of(weather).keySet());
        }
        if (message instanceof Climate climate) {
            return of(
                    climate.getStatus(),
                    climate.getProblemsList(),
                    Provenances.of(climate).keySet());
        }
        if (message instanceof BatchLookupWeatherResponse batch) {
            boolean partial = batch.getResultsList().stream().anyMatch(RequestOutcome::isPartial);
            return new RequestOutcome(partial ? Kind.PARTIAL : Kind.COMPLETE, Map.of());
        }
        return OK;
    }

    private static boolean isPartial(Result result) {
        return result.getWeather().getStatus() == Weather.Status.STATUS_PARTIAL
                || result.getError().getCode() == Code.UNAVAILABLE_VALUE;
    }

    private static RequestOutcome of(Weather.Status status, List<Problem> problems, Set<String> present) {
        Map<String, String> providers = new HashMap<>();
        present.forEach(provider -> providers.put(provider, CACHED));
        add(problems, providers);
        return new RequestOutcome(status == Weather.Status.STATUS_COMPLETE ? Kind.COMPLETE : Kind.PARTIAL, providers);
    }

    /** The same of a request that made these calls: their codes replace {@code CACHED}. */
    RequestOutcome after(List<RecordedCall> calls) {
        if (calls.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>();
        for (RecordedCall call : calls) {
            // Of several calls to one provider, the failure counts.
            all.merge(
                    call.provider(),
                    call.code().name(),
                    (one, other) -> one.equals(Status.Code.OK.name()) ? other : one);
        }
        providers.forEach((provider, word) -> {
            if (word.equals(CACHED)) {
                all.putIfAbsent(provider, word);
            } else {
                all.put(provider, word);
            }
        });
        return new RequestOutcome(kind, all);
    }

    /** Of a request for which no provider was available. */
    static RequestOutcome unavailable(List<Problem> problems) {
        Map<String, String> providers = new HashMap<>();
        add(problems, providers);
        return new RequestOutcome(Kind.UNAVAILABLE, providers);
    }

    /** Of a request of which only the status is known; 0 if none was sent. */
    static RequestOutcome ofStatus(int status) {
        if (status != 0 && status < 400) {
            return OK;
        }
        return new RequestOutcome(status == 0 ? Kind.ABANDONED : status < 500 ? Kind.REFUSED : Kind.FAILED, Map.of());
    }

    private static void add(List<Problem> problems, Map<String, String> providers) {
        for (Problem problem : problems) {
            boolean stale = problem.getEffect() == Problem.Effect.EFFECT_STALE;
            providers.put(
                    problem.getProvider(),
                    stale ? STALE : problem.getCode().getValueDescriptor().getName());
        }
    }
}
