package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.common.v1.Source;
import java.util.List;

/** The sources of the gazetteer, with their licences. */
final class GazetteerCredits {
    private GazetteerCredits() {}

    static List<Source> all() {
        return List.of(
                Source.newBuilder()
                        .setId("core")
                        .setTitle("Capitals and large cities")
                        .setAttribution("weather-mesh")
                        .setLicenseUri("https://www.apache.org/licenses/LICENSE-2.0")
                        .setState(Source.State.STATE_SERVING)
                        .build(),
                Source.newBuilder()
                        .setId("cities")
                        .setTitle("Cities of GeoLite2, November 2019")
                        .setAttribution(
                                "This product includes GeoLite2 data created by MaxMind, available from"
                                        + " https://www.maxmind.com; it includes names from GeoNames, https://www.geonames.org.")
                        .setLicenseUri("https://creativecommons.org/licenses/by-sa/4.0/")
                        .setHomepageUri("https://www.maxmind.com")
                        .setState(Source.State.STATE_SERVING)
                        .build(),
                Source.newBuilder()
                        .setId("airports")
                        .setTitle("Airports of OpenFlights")
                        .setAttribution("Contains information from the OpenFlights Airports Database, which is made"
                                + " available under the Open Database License (ODbL).")
                        .setLicenseUri("https://opendatacommons.org/licenses/odbl/1-0/")
                        .setHomepageUri("https://openflights.org")
                        .setState(Source.State.STATE_SERVING)
                        .build());
    }
}
