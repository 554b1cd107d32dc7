package io.weathermesh.sources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Measures the climatology against its own table: each place is left out in turn and estimated from the others. Prints
 * what {@code ERROR-REPORT.md} holds.
 */
final class ErrorReport {
    private static final String HEAD = """
            # How far off the climatology is

            Each place of the table is left out in turn, its twelve months are estimated from the other places, and the
            estimates are compared with its own figures. Humidity is judged only where its figures were read in their
            source (`verified=both`); surroundings are judged by hand from a map. This is the error of the usual year:
            the weather of a given day differs from it besides, which the uncertainty in every answer includes. Anyone can measure again:

            ```
            mvn -q -pl sources -am test-compile && java -cp sources/target/classes:sources/target/test-classes \\
              io.weathermesh.sources.ErrorReport > sources/ERROR-REPORT.md
            ```

            A test holds this page equal to what that prints.

            """;

    private static final int WORST = 5;

    /** One place, estimated from the others. */
    record Miss(Normal normal, UsualYear estimate) {
        double temperature(int month) {
            return estimate.temperature().mean(month) - normal.temperature().mean(month);
        }

        double humidity(int month) {
            return estimate.humidity().mean(month) - normal.humidity().mean(month);
        }

        double temperatureError() {
            return Errors.of(List.of(this), Miss::temperature).rootMeanSquare();
        }
    }

    interface Measure {
        double of(Miss miss, int month);
    }

    /** Bias and spread over places and months. */
    record Errors(double bias, double rootMeanSquare) {
        static Errors of(List<Miss> misses, Measure measure) {
            double sum = 0;
            double squares = 0;
            for (Miss miss : misses) {
                for (int month = 0; month < MonthlySeries.MONTHS; month++) {
                    double error = measure.of(miss, month);
                    sum += error;
                    squares += error * error;
                }
            }
            double count = (double) misses.size() * MonthlySeries.MONTHS;
            return new Errors(sum / count, Math.sqrt(squares / count));
        }
    }

    private ErrorReport() {}

    public static void main(String[] args) {
        System.out.print(text());
    }

    /** Every place, left out in turn. */
    static List<Miss> misses() {
        List<Normal> table = Normal.table();
        ZonalOcean ocean = ZonalOcean.table();
        List<Miss> misses = new ArrayList<>();
        for (Normal normal : table) {
            List<Normal> others =
                    table.stream().filter(each -> !each.equals(normal)).toList();
            misses.add(new Miss(normal, new Interpolation(others, ocean).at(normal.point())));
        }
        return misses;
    }

    static String text() {
        List<Miss> misses = misses();
        StringBuilder text = new StringBuilder(HEAD);
        text.append(
                "| left out | places | temperature: bias, RMSE (K) | humidity: bias, RMSE (%) |\n|---|---|---|---|\n");
        row(text, "verified places", misses, miss -> miss.normal().humidityVerified());
        row(
                text,
                "of them outside Antarctica",
                misses,
                miss -> miss.normal().humidityVerified()
                        && !miss.normal().countryCode().equals("AQ"));
        for (Surroundings surroundings : Surroundings.values()) {
            row(
                    text,
                    "of them " + surroundings.word(),
                    misses,
                    miss -> miss.normal().humidityVerified() && Surroundings.of(miss.normal()) == surroundings);
        }
        rowOfTemperature(text, "places with unverified humidity", misses, miss -> !miss.normal()
                .humidityVerified());
        text.append("| nothing: at a table place | ")
                .append(misses.size())
                .append(
                        " | 0.0, 0.0 | 0.0, 0.0 |\n\nThe verified places that are hardest to estimate by temperature: ");
        text.append(String.join(
                ", ",
                misses.stream()
                        .filter(miss -> miss.normal().humidityVerified())
                        .sorted(Comparator.comparingDouble(Miss::temperatureError)
                                .reversed())
                        .limit(WORST)
                        .map(miss -> "%s (%s K)".formatted(miss.normal().place(), unsigned(miss.temperatureError())))
                        .toList()));
        return text.append(".\n").toString();
    }

    private static void row(StringBuilder text, String name, List<Miss> misses, Predicate<Miss> which) {
        List<Miss> chosen = misses.stream().filter(which).toList();
        text.append("| %s | %d | %s | %s |\n"
                .formatted(
                        name,
                        chosen.size(),
                        cell(Errors.of(chosen, Miss::temperature)),
                        cell(Errors.of(chosen, Miss::humidity))));
    }

    private static void rowOfTemperature(StringBuilder text, String name, List<Miss> misses, Predicate<Miss> which) {
        List<Miss> chosen = misses.stream().filter(which).toList();
        text.append("| %s | %d | %s | not judged |\n"
                .formatted(name, chosen.size(), cell(Errors.of(chosen, Miss::temperature))));
    }

    private static String cell(Errors errors) {
        return String.format(Locale.ROOT, "%+.1f, %.1f", errors.bias(), errors.rootMeanSquare());
    }

    private static String unsigned(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
