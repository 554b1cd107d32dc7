package io.weathermesh.cdk;

import java.util.Map;
import software.amazon.awscdk.services.logs.RetentionDays;

/** How long CloudWatch keeps logs: it knows only some numbers of days. */
final class LogDays {
    private static final Map<Integer, RetentionDays> KNOWN = Map.of(
            1, RetentionDays.ONE_DAY,
            3, RetentionDays.THREE_DAYS,
            7, RetentionDays.ONE_WEEK,
            14, RetentionDays.TWO_WEEKS,
            30, RetentionDays.ONE_MONTH,
            90, RetentionDays.THREE_MONTHS,
            180, RetentionDays.SIX_MONTHS,
            365, RetentionDays.ONE_YEAR);

    private LogDays() {}

    static RetentionDays of(int days) {
        RetentionDays retention = KNOWN.get(days);
        if (retention == null) {
            throw new IllegalArgumentException("logDays is " + days + ", but must be one of "
                    + KNOWN.keySet().stream().sorted().toList());
        }
        return retention;
    }
}
