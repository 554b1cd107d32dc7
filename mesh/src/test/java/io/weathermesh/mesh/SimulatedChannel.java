package io.weathermesh.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The round robin of one client, and the books on it: calls are shared equally between the tasks in use that live, a
 * lost connection makes the client suspicious, again at each vain attempt to connect.
 */
final class SimulatedChannel implements SimulatedClient.Channel, SimulatedFleet.Audience {
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final HandMovedTime time;
    private final Random random;
    private final SimulationTally tally;
    private SimulatedFleet fleet;
    private SimulatedRoute53 dns;
    private SimulatedClient client;

    private final Set<TaskAddress> inUse = new HashSet<>();
    private final Set<TaskAddress> steadyThisMinute = new HashSet<>();
    private final Map<TaskAddress, Double> joined = new HashMap<>();
    private final Map<TaskAddress, Double> shares = new HashMap<>();
    private final Map<TaskAddress, Long> goneInUse = new HashMap<>();
    private double callsOfEach;
    private long settledNanos;
    private boolean everUsed;

    SimulatedChannel(HandMovedTime time, Random random, SimulationTally tally) {
        this.time = time;
        this.random = random;
        this.tally = tally;
    }

    void connect(SimulatedFleet itsFleet, SimulatedRoute53 itsDns, SimulatedClient itsClient) {
        fleet = itsFleet;
        dns = itsDns;
        client = itsClient;
        client.start();
        nextMinute();
    }

    @Override
    public void use(List<TaskAddress> told) {
        beforeChange();
        everUsed = true;
        Set<TaskAddress> now = new HashSet<>(told);
        for (TaskAddress address : List.copyOf(inUse)) {
            if (!now.contains(address)) {
                drop(address);
            }
        }
        now.stream().sorted(TaskAddress.ORDER).filter(inUse::add).forEach(this::add);
    }

    private void add(TaskAddress address) {
        SimulatedTask task = fleet.tasks().get(address);
        if (task == null || !task.alive) {
            attemptLater(address, 0);
            return;
        }
        task.published = true;
        tally.connected();
        joined.put(address, callsOfEach);
        if (task.noticedNanos == SimulatedTask.NEVER) {
            task.noticedNanos = time.nanos();
            task.excused = dns.failedSince(task.registeredNanos);
            tally.noticed(task);
        }
    }

    private void drop(TaskAddress address) {
        inUse.remove(address);
        leaveRotation(address);
        SimulatedTask task = fleet.tasks().get(address);
        if (task != null) {
            task.published = false;
            if (task.alive && task.registered) {
                tally.droppedLiving();
            }
        }
        Long goneNanos = goneInUse.remove(address);
        if (goneNanos != null && !dns.failedSince(goneNanos)) {
            tally.droppedGone(time.nanos() - goneNanos);
        }
    }

    private void leaveRotation(TaskAddress address) {
        Double since = joined.remove(address);
        if (since != null) {
            shares.merge(address, callsOfEach - since, Double::sum);
        }
    }

    @Override
    public void beforeChange() {
        long elapsed = time.nanos() - settledNanos;
        settledNanos = time.nanos();
        if (!joined.isEmpty()) {
            callsOfEach += (double) elapsed / joined.size();
        } else if (everUsed && fleet.registered().stream().anyMatch(task -> task.alive)) {
            tally.cutOff(elapsed);
        }
    }

    @Override
    public void registered(SimulatedTask task) {}

    @Override
    public void deregistered(SimulatedTask task) {
        steadyThisMinute.remove(task.address);
        if (inUse.contains(task.address)) {
            goneInUse.put(task.address, time.nanos());
        }
        if (task.noticedNanos == SimulatedTask.NEVER && !dns.failedSince(task.registeredNanos)) {
            tally.neverNoticed(task);
        }
    }

    @Override
    public void died(SimulatedTask task) {
        steadyThisMinute.remove(task.address);
        if (inUse.contains(task.address)) {
            leaveRotation(task.address);
            client.suspects();
            attemptLater(task.address, 0);
        }
    }

    /** Nobody comes back to an address in this simulation, so each attempt is vain. */
    private void attemptLater(TaskAddress address, int failures) {
        time.schedule(() -> attempt(address, failures), SimulatedBackoff.nanos(failures, random), TimeUnit.NANOSECONDS);
    }

    private void attempt(TaskAddress address, int failures) {
        if (inUse.contains(address)) {
            client.suspects();
            attemptLater(address, failures + 1);
        }
    }

    private void nextMinute() {
        beforeChange();
        List<Double> sharesOfSteady = new ArrayList<>();
        for (TaskAddress address : steadyThisMinute) {
            double now = callsOfEach - joined.getOrDefault(address, callsOfEach);
            sharesOfSteady.add(shares.getOrDefault(address, 0.0) + now);
        }
        tally.minute(sharesOfSteady);
        shares.clear();
        joined.replaceAll((address, since) -> callsOfEach);
        steadyThisMinute.clear();
        fleet.registered().stream().filter(task -> task.alive).forEach(task -> steadyThisMinute.add(task.address));
        time.schedule(this::nextMinute, MINUTE_NANOS, TimeUnit.NANOSECONDS);
    }
}
