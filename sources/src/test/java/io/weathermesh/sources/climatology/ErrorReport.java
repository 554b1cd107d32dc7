package io.weathermesh.sources.climatology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Measures the climatology against its own table: each place is left out in turn and estimated from the others. Prints
 * {@code ERROR-REPORT.md}.
 */
final class ErrorReport {
    private static final String HEAD = """
            # Error of the climatology

            Each place of the table is left out in turn, its twelve months are estimated from the other places, and the
            estimates are compared with its own figures. Humidity is evaluated only for places whose figures were verified
            in their source (`verified=both`); surroundings were assigned by hand from a map. This is the error of the monthly
            means. The weather of a single day differs from them in addition, which the uncertainty of every reading includes.
            To reproduce:

            ```
            mvn -q -pl sources -am test-compile && java -cp sources/target/classes:sources/target/test-classes \\
              io.weathermesh.sources.climatology.ErrorReport > sources/ERROR-REPORT.md
            ```

            A test compares this page with the output of that command.

            """;

    private static final int WORST = 5;

    /** One place, estimated from the others. */
    record LeftOut(Normal normal, ClimateEstimate estimate) {
        double temperature(int month) {
            return estimate.temperature().mean(month) - normal.temperature().mean(month);
        }

        double humidity(int month) {
            return estimate.humidity().mean(month) - normal.humidity().mean(month);
        }

        double temperatureError() {
            return Errors.of(List.of(this), LeftOut::temperature).rootMeanSquare();
        }
    }

    interface Measure {
        double of(LeftOut miss, int month);
    }

    /** Bias and root mean square over places and months. */
    record Errors(double bias, double rootMeanSquare) {
        static Errors of(List<LeftOut> leftOut, Measure measure) {
            double sum = 0;
            double squares = 0;
            for (LeftOut each : leftOut) {
                for (int month = 0; month < MonthlySeries.MONTHS; month++) {
                    double error = measure.of(each, month);
                    sum += error;
                    squares += error * error;
                }
            }
            double count = (double) leftOut.size() * MonthlySeries.MONTHS;
            return new Errors(sum / count, Math.sqrt(squares / count));
        }
    }

    private ErrorReport() {}

    public static void main(String[] args) {
        System.out.print(text());
    }

    /** Every place, left out in turn. */
    static List<LeftOut> leftOut() {
        List<Normal> table = Normal.table();
        ZonalOcean ocean = ZonalOcean.table();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Normal normal : table) {
            List<Normal> others =
                    table.stream().filter(each -> !each.equals(normal)).toList();
            leftOut.add(new LeftOut(normal, new Interpolation(others, ocean).at(normal.point())));
        }
        return leftOut;
    }

    static String text() {
        List<LeftOut> leftOut = leftOut();
        StringBuilder text = new StringBuilder(HEAD);
        text.append(
                "| left out | places | temperature: bias, RMSE (K) | humidity: bias, RMSE (%) |\n|---|---|---|---|\n");
        row(text, "verified places", leftOut, each -> each.normal().humidityVerified());
        row(
                text,
                "of them outside Antarctica",
                leftOut,
                each -> each.normal().humidityVerified()
                        && !each.normal().countryCode().equals("AQ"));
        for (Surroundings surroundings : Surroundings.values()) {
            row(
                    text,
                    "of them " + surroundings.word(),
                    leftOut,
                    each -> each.normal().humidityVerified() && Surroundings.of(each.normal()) == surroundings);
        }
        rowOfTemperature(text, "places with unverified humidity", leftOut, each -> !each.normal()
                .humidityVerified());
        text.append("| nothing: at a place of the table | ")
                .append(leftOut.size())
                .append(" | 0.0, 0.0 | 0.0, 0.0 |\n\nThe verified places with the largest errors of temperature: ");
        text.append(String.join(
                ", ",
                leftOut.stream()
                        .filter(each -> each.normal().humidityVerified())
                        .sorted(Comparator.comparingDouble(LeftOut::temperatureError)
                                .reversed())
                        .limit(WORST)
                        .map(each -> "%s (%s K)".formatted(each.normal().place(), unsigned(each.temperatureError())))
                        .toList()));
        return text.append(".\n").toString();
    }

    private static void row(StringBuilder text, String name, List<LeftOut> leftOut, Predicate<LeftOut> which) {
        List<LeftOut> chosen = leftOut.stream().filter(which).toList();
        text.append("| %s | %d | %s | %s |\n"
                .formatted(
                        name,
                        chosen.size(),
                        cell(Errors.of(chosen, LeftOut::temperature)),
                        cell(Errors.of(chosen, LeftOut::humidity))));
    }

    private static void rowOfTemperature(
            StringBuilder text, String name, List<LeftOut> leftOut, Predicate<LeftOut> which) {
        List<LeftOut> chosen = leftOut.stream().filter(which).toList();
        text.append("| %s | %d | %s | not evaluated |\n"
                .formatted(name, chosen.size(), cell(Errors.of(chosen, LeftOut::temperature))));
    }

    private static String cell(Errors errors) {
        return String.format(Locale.ROOT, "%+.1f, %.1f", errors.bias(), errors.rootMeanSquare());
    }

    private static String unsigned(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
