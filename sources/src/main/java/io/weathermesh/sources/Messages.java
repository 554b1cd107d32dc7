package io.weathermesh.sources;

import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.common.v1.Source;
import java.time.Instant;

/** Turns what sources tell into the messages that both providers answer with. */
public final class Messages {
    private Messages() {}

    /** A point. */
    public static Point point(GeoPoint point) {
        Point.Builder message = Point.newBuilder()
                .setCoordinates(
                        LatLng.newBuilder().setLatitude(point.latitude()).setLongitude(point.longitude()));
        point.elevationMeters().ifPresent(meters -> message.setElevationMeters(tenth(meters)));
        return message.build();
    }

    /** Where one value of a reading came from. */
    public static Provenance provenance(Reading reading, Reading.Value value) {
        Provenance.Builder message = of(reading.source())
                .setQuality(value.quality())
                .setObserveTime(timestamp(reading.observeTime()))
                .setFetchTime(timestamp(reading.fetchTime()))
                .setExpireTime(timestamp(reading.expireTime()))
                .setStation(reading.station());
        value.uncertainty().ifPresent(uncertainty -> message.setUncertainty(tenth(uncertainty)));
        reading.distanceMeters().ifPresent(meters -> message.setDistanceMeters(Math.rint(meters)));
        return message.build();
    }

    private static Provenance.Builder of(SourceDescription source) {
        return Provenance.newBuilder()
                .setSource(source.id())
                .setKind(source.kind())
                .setAttribution(source.attribution())
                .setLicenseUri(source.licenseUri());
    }

    /** A value as it is worth showing: no reading is good to a hundredth. Zero has no sign. */
    public static double tenth(double value) {
        return Math.rint(value * 10) / 10 + 0.0;
    }

    /** An instant. */
    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Source source(ReadingSource source) {
        SourceDescription about = source.description();
        return Source.newBuilder()
                .setId(about.id())
                .setTitle(about.title())
                .setKind(about.kind())
                .setAttribution(about.attribution())
                .setLicenseUri(about.licenseUri())
                .setHomepageUri(about.homepageUri())
                .setState(source.state())
                .build();
    }
}
