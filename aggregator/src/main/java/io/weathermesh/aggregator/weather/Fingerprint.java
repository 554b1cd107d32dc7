package io.weathermesh.aggregator.weather;

import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;

/** What makes one weather news after another: not when it was asked for or fetched, nor how long it keeps. */
public final class Fingerprint {
    private Fingerprint() {}

    public static Weather of(Weather weather) {
        Weather.Builder essence = weather.toBuilder().clearEffectiveTime().clearLocalTime();
        Provenances.changeProvenances(essence, Fingerprint::strip);
        return essence.build();
    }

    private static void strip(Provenance.Builder provenance) {
        provenance.clearFetchTime().clearExpireTime();
        if (provenance.getKind() == Kind.KIND_CLIMATOLOGY) {
            provenance.clearObserveTime(); // What is usual was observed at no moment of its own.
        }
    }
}
