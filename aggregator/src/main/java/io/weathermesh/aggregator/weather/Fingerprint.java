package io.weathermesh.aggregator.weather;

import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;

/**
 * A weather without the times of its request and its readings: subscribers get a weather only if its fingerprint is another
 * than before.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static Weather of(Weather weather) {
        Weather.Builder fingerprint = weather.toBuilder().clearEffectiveTime().clearLocalTime();
        Provenances.change(fingerprint, Fingerprint::clearTimes);
        return fingerprint.build();
    }

    private static void clearTimes(Provenance.Builder provenance) {
        provenance.clearFetchTime().clearExpireTime();
        if (provenance.getKind() == Kind.KIND_CLIMATOLOGY) {
            provenance.clearObserveTime(); // A mean has no time of observation.
        }
    }
}
