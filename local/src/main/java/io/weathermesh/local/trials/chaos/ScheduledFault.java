package io.weathermesh.local.trials.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault and its time. The task is drawn in advance as a number, and chosen when the fault is injected: by then there may
 * be other tasks.
 *
 * @param at the time after the start of the schedule
 * @param service the service of the task; empty for faults of the name server
 * @param pick the number of the task, modulo the number of healthy tasks
 * @param argument a mode of DNS, a count or milliseconds; empty for none
 * @param lasts the time until it is undone; zero if it is not
 */
record ScheduledFault(Duration at, Kind kind, String service, int pick, String argument, Duration lasts) {
    enum Kind {
        KILL,
        STOP,
        FREEZE,
        SLOW,
        DEPLOY,
        SCALE,
        /** A mode of {@code weather dns}. */
        DNS,
        /** The name server is killed, and started again at the end of the fault. */
        KILL_DNS;

        /** The command of the command line. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    boolean isOfDns() {
        return kind == Kind.DNS || kind == Kind.KILL_DNS;
    }

    /** A line of the schedule. */
    @Override
    public String toString() {
        String lasting = lasts.isZero() ? "" : " for " + lasts.toSeconds() + " s";
        String words = String.join(" ", kind.word(), service, argument).strip().replaceAll(" +", " ");
        String which = kind.compareTo(Kind.SLOW) <= 0 ? " (task " + pick + ")" : "";
        return String.format(Locale.ROOT, "%5.1f s  %s%s%s", at.toMillis() / 1000.0, words, which, lasting);
    }
}
