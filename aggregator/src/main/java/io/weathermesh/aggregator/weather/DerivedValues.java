package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Derived;
import java.util.OptionalDouble;

/**
 * What follows from air temperature (degrees Celsius) and relative humidity (percent) together. Each formula is served
 * inside the range it was made for, and is absent outside.
 */
final class DerivedValues {
    /** Range of the Magnus constants of Alduchov and Eskridge (1996), degrees Celsius. */
    private static final double MAGNUS_MIN = -40;

    private static final double MAGNUS_MAX = 50;

    /** Where the heat index begins: 80 degrees Fahrenheit. */
    private static final double HEAT_INDEX_MIN_FAHRENHEIT = 80;

    private static final double HUMIDEX_MIN = 20;

    /** Stull's fit is for the pressure at sea level; above this height it is more than 0.5 K off. */
    private static final double WET_BULB_MAX_METERS = 1_500;

    private static final double SATURATED = 100;

    /** Makes 0 of -0, which would be printed with its sign, and changes no other number. */
    private static final double POSITIVE_ZERO = 0.0;

    private DerivedValues() {}

    /**
     * @param elevationMeters height of the place; empty counts as sea level
     */
    static Derived of(double celsius, double percent, OptionalDouble elevationMeters) {
        Derived.Builder derived = Derived.newBuilder();
        // Air that holds more than it can is a slip of a sensor: no formula was made for it.
        if (percent < 0 || percent > SATURATED) {
            return derived.build();
        }
        dewPoint(celsius, percent).ifPresent(value -> derived.setDewPointCelsius(tenth(value)));
        if (elevationMeters.orElse(0) <= WET_BULB_MAX_METERS) {
            wetBulb(celsius, percent).ifPresent(value -> derived.setWetBulbCelsius(tenth(value)));
        }
        heatIndex(celsius, percent).ifPresent(value -> derived.setHeatIndexCelsius(tenth(value)));
        humidex(celsius, percent).ifPresent(value -> derived.setHumidex(tenth(value)));
        absoluteHumidity(celsius, percent)
                .ifPresent(value -> derived.setAbsoluteHumidityGramsPerCubicMeter(tenth(value)));
        vaporPressureDeficit(celsius, percent)
                .ifPresent(value -> derived.setVaporPressureDeficitKilopascals(hundredth(value)));
        return derived.build();
    }

    /** Dew point: the Magnus formula turned round (Lawrence 2005, BAMS 86, 225-233). */
    static OptionalDouble dewPoint(double celsius, double percent) {
        if (!isMagnus(celsius) || percent < 1) {
            return OptionalDouble.empty();
        }
        double gamma = Math.log(percent / 100) + 17.625 * celsius / (243.04 + celsius);
        return OptionalDouble.of(243.04 * gamma / (17.625 - gamma));
    }

    /** Wet-bulb temperature at sea level: Stull (2011), J. Appl. Meteor. Climatol. 50, 2267-2269, within -1 and 0.65 K. */
    static OptionalDouble wetBulb(double celsius, double percent) {
        // The fit fails in air that is cold and dry at once: the lower left corner of Stull's figure 3.
        boolean coldAndDry = celsius < 0 && percent < 5 - 2.5 * celsius;
        if (celsius < -20 || celsius > 50 || percent < 5 || percent > 99 || coldAndDry) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(celsius * Math.atan(0.151977 * Math.sqrt(percent + 8.313659))
                + Math.atan(celsius + percent)
                - Math.atan(percent - 1.676331)
                + 0.00391838 * Math.pow(percent, 1.5) * Math.atan(0.023101 * percent)
                - 4.686035);
    }

    /** Heat index: Rothfusz (1990), NWS Technical Attachment SR 90-23, with the adjustments of the NWS. */
    static OptionalDouble heatIndex(double celsius, double percent) {
        double t = celsius * 9 / 5 + 32;
        if (t < HEAT_INDEX_MIN_FAHRENHEIT || celsius > MAGNUS_MAX) {
            return OptionalDouble.empty();
        }
        double simple = 0.5 * (t + 61 + (t - 68) * 1.2 + percent * 0.094);
        double fahrenheit = (simple + t) / 2 < HEAT_INDEX_MIN_FAHRENHEIT ? simple : regression(t, percent);
        return OptionalDouble.of((fahrenheit - 32) * 5 / 9);
    }

    private static double regression(double t, double r) {
        double index = -42.379
                + 2.04901523 * t
                + 10.14333127 * r
                - 0.22475541 * t * r
                - 0.00683783 * t * t
                - 0.05481717 * r * r
                + 0.00122874 * t * t * r
                + 0.00085282 * t * r * r
                - 0.00000199 * t * t * r * r;
        if (r < 13 && t <= 112) {
            return index - (13 - r) / 4 * Math.sqrt((17 - Math.abs(t - 95)) / 17);
        }
        if (r > 85 && t <= 87) {
            return index + (r - 85) / 10 * ((87 - t) / 5);
        }
        return index;
    }

    /** Humidex: Masterton and Richardson (1979), as Environment and Climate Change Canada computes it. */
    static OptionalDouble humidex(double celsius, double percent) {
        OptionalDouble dewPoint = dewPoint(celsius, percent);
        if (celsius < HUMIDEX_MIN || dewPoint.isEmpty()) {
            return OptionalDouble.empty();
        }
        double hectopascals = 6.11 * Math.exp(5417.7530 * (1 / 273.16 - 1 / (273.15 + dewPoint.getAsDouble())));
        double humidex = celsius + 5.0 / 9 * (hectopascals - 10);
        return humidex > celsius ? OptionalDouble.of(humidex) : OptionalDouble.empty();
    }

    /** Absolute humidity in grams per cubic meter: ideal gas, with the constant 216.679 g K/J (Vaisala). */
    static OptionalDouble absoluteHumidity(double celsius, double percent) {
        if (!isMagnus(celsius)) {
            return OptionalDouble.empty();
        }
        double hectopascals = percent / 100 * 6.1094 * Math.exp(17.625 * celsius / (243.04 + celsius));
        return OptionalDouble.of(216.679 * hectopascals / (273.15 + celsius));
    }

    /** Vapor pressure deficit in kilopascals: FAO Irrigation and Drainage Paper 56, equation 11. */
    static OptionalDouble vaporPressureDeficit(double celsius, double percent) {
        if (celsius < 0 || celsius > MAGNUS_MAX) {
            return OptionalDouble.empty();
        }
        double saturated = 0.6108 * Math.exp(17.27 * celsius / (celsius + 237.3));
        return OptionalDouble.of(saturated * (1 - percent / 100));
    }

    private static boolean isMagnus(double celsius) {
        return celsius >= MAGNUS_MIN && celsius <= MAGNUS_MAX;
    }

    private static double tenth(double value) {
        return Math.rint(value * 10) / 10 + POSITIVE_ZERO;
    }

    private static double hundredth(double value) {
        return Math.rint(value * 100) / 100 + POSITIVE_ZERO;
    }
}
