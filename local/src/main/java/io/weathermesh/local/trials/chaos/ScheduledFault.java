package io.weathermesh.local.trials.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * One fault, at its time. Which task it meets is drawn beforehand as a number, and becomes a name only when it happens:
 * by then there may be other tasks.
 *
 * @param at after the beginning
 * @param service whose tasks; empty for faults of the name server
 * @param pick which of the service's tasks, counted around
 * @param argument of what is done: a mode of DNS, a count, milliseconds; empty for none
 * @param lasts until it is undone; zero for what is not
 */
record ScheduledFault(Duration at, Kind kind, String service, int pick, String argument, Duration lasts) {
    /** What can happen. */
    enum Kind {
        KILL,
        STOP,
        FREEZE,
        SLOW,
        DEPLOY,
        SCALE,
        /** What {@code weather dns} is told. */
        DNS,
        /** The name server is killed, and started again when it is over. */
        KILL_DNS;

        /** What the command line calls it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Whether it meets the name server. */
    boolean isOfDns() {
        return kind == Kind.DNS || kind == Kind.KILL_DNS;
    }

    /** As a line of the schedule. */
    @Override
    public String toString() {
        String lasting = lasts.isZero() ? "" : " for " + lasts.toSeconds() + " s";
        String words = String.join(" ", kind.word(), service, argument).strip().replaceAll(" +", " ");
        String which = kind.compareTo(Kind.SLOW) <= 0 ? " (task " + pick + ")" : "";
        return String.format(Locale.ROOT, "%5.1f s  %s%s%s", at.toMillis() / 1000.0, words, which, lasting);
    }
}
