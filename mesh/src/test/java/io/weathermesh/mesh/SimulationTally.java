package io.weathermesh.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened to one client in a simulation. */
final class SimulationTally {
    private final List<Long> noticedNanos = new ArrayList<>();
    private final List<Long> droppedNanos = new ArrayList<>();
    private long neverNoticed;
    private long droppedLiving;
    private long connections;
    private long cutOffNanos;
    private double skew;
    private long minutes;

    /** A task is used for the first time. A deploy doubles the fleet and would blur what belongs to its size. */
    void noticed(SimulatedTask task) {
        if (counts(task) && !task.excused) {
            noticedNanos.add(task.noticedNanos - task.registeredNanos);
        }
    }

    void neverNoticed(SimulatedTask task) {
        if (counts(task)) {
            neverNoticed++;
        }
    }

    private static boolean counts(SimulatedTask task) {
        return task.cause == SimulatedFleet.Cause.SCALE_OUT || task.cause == SimulatedFleet.Cause.REPLACEMENT;
    }

    void droppedLiving() {
        droppedLiving++;
    }

    void droppedGone(long nanos) {
        droppedNanos.add(nanos);
    }

    void connected() {
        connections++;
    }

    void cutOff(long nanos) {
        cutOffNanos += nanos;
    }

    /** Calls that each task got which was there for all of a minute. */
    void minute(List<Double> shares) {
        double mean = shares.stream().mapToDouble(share -> share).average().orElse(0);
        if (mean > 0) {
            double variance = shares.stream()
                    .mapToDouble(share -> (share - mean) * (share - mean))
                    .average()
                    .orElse(0);
            skew += Math.sqrt(variance) / mean;
            minutes++;
        }
    }

    long falseDrops() {
        return droppedLiving;
    }

    long connections() {
        return connections;
    }

    Duration cutOff() {
        return Duration.ofNanos(cutOffNanos);
    }

    /** Standard deviation over mean of the calls a task gets in a minute, on average over all minutes. */
    double skew() {
        return minutes == 0 ? 0 : skew / minutes;
    }

    /** How many of the new tasks left unseen, 0 to 1. */
    double unseen() {
        return (double) neverNoticed / Math.max(1, neverNoticed + noticedNanos.size());
    }

    SimulationTimes timeToNotice() {
        return SimulationTimes.of(noticedNanos);
    }

    SimulationTimes timeToDrop() {
        return SimulationTimes.of(droppedNanos);
    }
}
