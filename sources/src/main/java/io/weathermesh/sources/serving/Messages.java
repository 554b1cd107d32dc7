package io.weathermesh.sources.serving;

import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.climatology.Climate;
import java.time.Instant;
import java.util.function.Function;

/** Maps readings to the messages of the contracts. */
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

    /** The provenance of one value of a reading. */
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

    /** The provenance of monthly means: without an observe time, because a mean describes no instant. */
    public static Provenance provenance(Climate climate, Function<Reading, Reading.Value> quantity) {
        return provenance(climate.reading(), quantity.apply(climate.reading())).toBuilder()
                .clearObserveTime()
                .build();
    }

    private static Provenance.Builder of(SourceDescription source) {
        return Provenance.newBuilder()
                .setSource(source.id())
                .setKind(source.kind())
                .setAttribution(source.attribution())
                .setLicenseUri(source.licenseUri());
    }

    /** A value rounded to tenths, which is finer than any reading is accurate. Zero is always positive. */
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
