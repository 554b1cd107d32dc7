package io.weathermesh.sources;

/** The course of temperature over a usual day. */
final class DayCurve {
    /** When the day is coldest and warmest, local solar hours (read off hourly typical-year files). */
    private static final double COLDEST = 5.5;

    private static final double WARMEST = 14.7;

    /** Fitted to the same files: dry air swings wider. */
    private static final double LEAST_RANGE = 3.5;

    private static final double RANGE_PER_DRY_PERCENT = 0.13;

    /** Share of the fitted range that is right where it is not known how near the sea is. */
    private static final double WITHOUT_LAND_MASK = 0.7;

    private static final double TILT_DEGREES = 23.44;
    private static final double EQUINOX_DAY = 81;
    private static final double DAYS = 365.25;

    private DayCurve() {}

    /** What to add to the mean of the day, in kelvins, at a local solar hour of 0 to 24. */
    static double deviation(double latitude, double dayOfYear, double solarHour, double meanHumidityPercent) {
        double daylight = Math.max(0.1, Math.min(1, dayLengthHours(latitude, dayOfYear) / 12));
        double range =
                (LEAST_RANGE + RANGE_PER_DRY_PERCENT * (100 - meanHumidityPercent)) * WITHOUT_LAND_MASK * daylight;
        return range / 2 * shape(solarHour);
    }

    /** Two half-cosines, from -1 at the coldest hour to 1 at the warmest and back (after Parton and Logan 1981). */
    static double shape(double solarHour) {
        double rise = WARMEST - COLDEST;
        double sinceColdest = (solarHour - COLDEST + 24) % 24;
        return sinceColdest <= rise
                ? -Math.cos(Math.PI * sinceColdest / rise)
                : Math.cos(Math.PI * (sinceColdest - rise) / (24 - rise));
    }

    static double dayLengthHours(double latitude, double dayOfYear) {
        double tilt = Math.toRadians(TILT_DEGREES) * Math.sin(2 * Math.PI * (dayOfYear - EQUINOX_DAY) / DAYS);
        double cosine = -Math.tan(Math.toRadians(latitude)) * Math.tan(tilt);
        return 24 / Math.PI * Math.acos(Math.max(-1, Math.min(1, cosine)));
    }
}
