package io.weathermesh.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The tasks of one simulated service: what ECS does with them on an eventful day. Every hour something happens: a
 * deploy that replaces all tasks, a scale in and out by a tenth, the crash of a task, an outage of DNS, or nothing.
 */
final class SimulatedFleet {
    /** Why a task was started. */
    enum Cause {
        FIRST,
        SCALE_OUT,
        REPLACEMENT,
        DEPLOY
    }

    /** Is notified of what happens. */
    interface Audience {
        /** Something is about to change: settle accounts up to now. */
        void beforeChange();

        void registered(SimulatedTask task);

        void deregistered(SimulatedTask task);

        /** Its process ended, and all connections to it. */
        void died(SimulatedTask task);
    }

    private static final int HOURS = 24;
    private static final int DEPLOYS_A_DAY = 4;
    private static final int SCALINGS_A_DAY = 6;
    private static final int CRASHES_A_DAY = 6;
    private static final Duration SPREAD = Duration.ofSeconds(30);

    private final HandMovedTime time;
    private final Random random;
    private final int size;
    private final Audience audience;
    private final SimulatedRoute53 dns;
    private final Map<TaskAddress, SimulatedTask> tasks = new LinkedHashMap<>();
    private final List<SimulatedTask> registered = new ArrayList<>();
    private int nextAddress = 1;

    SimulatedFleet(HandMovedTime time, Random random, int size, Audience audience, SimulatedRoute53 dns) {
        this.time = time;
        this.random = random;
        this.size = size;
        this.audience = audience;
        this.dns = dns;
        for (int i = 0; i < size; i++) {
            register(Cause.FIRST);
        }
    }

    /** All tasks that are alive or in DNS. */
    Map<TaskAddress, SimulatedTask> tasks() {
        return tasks;
    }

    List<SimulatedTask> registered() {
        return registered;
    }

    SimulatedTask register(Cause cause) {
        audience.beforeChange();
        int number = nextAddress++;
        TaskAddress address = TaskAddress.of("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
        SimulatedTask task = new SimulatedTask(address, cause, time.nanos());
        tasks.put(address, task);
        registered.add(task);
        dns.register(address);
        audience.registered(task);
        return task;
    }

    void deregister(SimulatedTask task) {
        audience.beforeChange();
        task.registered = false;
        task.goneNanos = time.nanos();
        registered.remove(task);
        dns.deregister(task.address);
        audience.deregistered(task);
        forgetIfOver(task);
    }

    void die(SimulatedTask task) {
        audience.beforeChange();
        task.alive = false;
        audience.died(task);
        forgetIfOver(task);
    }

    private void forgetIfOver(SimulatedTask task) {
        if (!task.alive && !task.registered) {
            tasks.remove(task.address);
        }
    }

    /** Arranges what happens in the next 24 hours: one thing an hour at most, within its first ten minutes. */
    void planDay() {
        List<Runnable> hours = new ArrayList<>();
        hours.add(dns::failForAWhile);
        hours.addAll(Collections.nCopies(DEPLOYS_A_DAY, this::deploy));
        hours.addAll(Collections.nCopies(size > 1 ? SCALINGS_A_DAY : 0, this::scaleInAndOut));
        hours.addAll(Collections.nCopies(CRASHES_A_DAY, this::crash));
        hours.addAll(Collections.nCopies(HOURS - hours.size(), () -> {}));
        Collections.shuffle(hours, random);
        for (int hour = 0; hour < HOURS; hour++) {
            after(Duration.ofHours(hour).plusSeconds(random.nextInt(600)), hours.get(hour));
        }
    }

    /** Full strength of new tasks beside the old ones, and when all are there the old ones leave. */
    private void deploy() {
        List<SimulatedTask> old = List.copyOf(registered);
        old.forEach(task -> after(within(SPREAD), () -> register(Cause.DEPLOY)));
        old.forEach(task -> after(SPREAD.plusSeconds(10).plus(within(SPREAD)), () -> leave(task)));
    }

    private void scaleInAndOut() {
        int step = Math.max(1, size / 10);
        List<SimulatedTask> leaving = List.copyOf(registered.subList(0, step));
        leaving.forEach(task -> after(within(SPREAD), () -> leave(task)));
        leaving.forEach(task -> after(Duration.ofMinutes(10).plus(within(SPREAD)), () -> register(Cause.SCALE_OUT)));
    }

    private void crash() {
        SimulatedTask task = registered.get(random.nextInt(registered.size()));
        die(task);
        after(Duration.ofSeconds(10), () -> deregister(task));
        after(Duration.ofSeconds(30), () -> register(Cause.REPLACEMENT));
    }

    /** Out of DNS first, and the process ends after its lame duck and drain. */
    private void leave(SimulatedTask task) {
        MeshTimings timings = MeshTimings.defaults();
        deregister(task);
        after(timings.lameDuck().plus(timings.notServing()), () -> die(task));
    }

    private Duration within(Duration spread) {
        return Duration.ofMillis(random.nextInt((int) spread.toMillis()));
    }

    private void after(Duration delay, Runnable event) {
        time.schedule(event, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
