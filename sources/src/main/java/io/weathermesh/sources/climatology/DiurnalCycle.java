package io.weathermesh.sources.climatology;

/** How temperature varies over a usual day. */
final class DiurnalCycle {
    /** The coldest and the warmest local solar hour, from hourly typical-year files. */
    private static final double COLDEST = 5.5;

    private static final double WARMEST = 14.7;

    /** Fitted to the same files: the range is wider in dry air. Kelvins. */
    private static final double MIN_RANGE = 3.5;

    private static final double RANGE_PER_DRY_PERCENT = 0.13;

    /** Share of the fitted range that fits best while the distance of the sea is unknown. */
    private static final double WITHOUT_LAND_MASK = 0.7;

    private static final double TILT_DEGREES = 23.44;
    private static final double EQUINOX_DAY = 81;
    private static final double DAYS = 365.25;

    private DiurnalCycle() {}

    /** The deviation from the mean of the day, in kelvins, at a local solar hour of 0 to 24. */
    static double deviation(double latitude, double dayOfYear, double solarHour, double meanHumidityPercent) {
        double daylight = Math.max(0.1, Math.min(1, dayLengthHours(latitude, dayOfYear) / 12));
        double range = (MIN_RANGE + RANGE_PER_DRY_PERCENT * (100 - meanHumidityPercent)) * WITHOUT_LAND_MASK * daylight;
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
