package io.weathermesh.local.chaos;

import io.weathermesh.mesh.MeshNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Lets a schedule happen. One task of a service is hurt at a time: with the other dead too, no answer could be complete,
 * and nothing would be learned. Works on the one thread of its scheduler.
 */
final class Striker {
    private static final List<String> SERVICES = Stream.concat(
                    MeshNames.PROVIDERS.stream(), Stream.of(MeshNames.WEATHER_AGGREGATOR))
            .toList();

    private final Mesh mesh;
    private final ScheduledExecutorService thread;
    private final Consumer<String> journal;
    private final Map<String, Integer> desired = new HashMap<>();
    private final Set<String> hurt = new HashSet<>();

    Striker(Mesh mesh, ScheduledExecutorService thread, Consumer<String> journal) {
        this.mesh = mesh;
        this.thread = thread;
        this.journal = journal;
    }

    /** Learns how many tasks there are, to have as many again in the end. */
    void begin(List<Strike> schedule) throws IOException {
        for (String service : SERVICES) {
            desired.put(service, mesh.tasks(service).size());
        }
        schedule.forEach(strike -> {
            var unused = thread.schedule(() -> strike(strike), strike.at().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Undoes what lasts, and waits for nothing. */
    void calm() throws IOException {
        mesh.tell("dns", "ok");
        for (String task : List.copyOf(hurt)) {
            thaw(task);
        }
        for (String service : SERVICES) {
            mesh.tell("scale", service, Integer.toString(desired.getOrDefault(service, 0)));
        }
    }

    /** What keeps the system from being as it was in the beginning; empty when it is. */
    List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String service : SERVICES) {
            List<Mesh.Task> tasks = mesh.tasks(service);
            long healthy = tasks.stream().filter(Mesh.Task::healthy).count();
            if (healthy != desired.getOrDefault(service, 0) || tasks.size() != healthy) {
                missing.add(service + " has " + healthy + " healthy tasks of " + tasks.size() + ", and should have "
                        + desired.getOrDefault(service, 0));
            }
        }
        return missing;
    }

    private void strike(Strike strike) {
        try {
            switch (strike.kind()) {
                case DNS -> {
                    told(strike, mesh.tell("dns", strike.argument()));
                    later(strike, "dns", "ok");
                }
                case DEPLOY -> told(strike, mesh.tell("deploy", strike.service()));
                case SCALE -> told(strike, mesh.tell("scale", strike.service(), strike.argument()));
                default -> hurt(strike);
            }
        } catch (IOException e) {
            told(strike, "not done: " + e.getMessage());
        }
    }

    private void hurt(Strike strike) throws IOException {
        List<Mesh.Task> tasks = mesh.tasks(strike.service());
        List<Mesh.Task> well = tasks.stream()
                .filter(task -> task.healthy() && !hurt.contains(task.name()))
                .toList();
        boolean anotherIsHurt = tasks.stream().anyMatch(task -> hurt.contains(task.name()));
        if (well.size() < 2 || anotherIsHurt) {
            told(strike, "left out: only one task of the service is well, or another is hurt already");
            return;
        }
        String task = well.get(strike.pick() % well.size()).name();
        String command = strike.kind().name().toLowerCase(Locale.ROOT);
        told(
                strike,
                strike.argument().isEmpty() ? mesh.tell(command, task) : mesh.tell(command, task, strike.argument()));
        if (!strike.lasts().isZero()) {
            hurt.add(task);
            var unused = thread.schedule(() -> thaw(task), strike.lasts().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void thaw(String task) {
        hurt.remove(task);
        try {
            journal.accept("         " + mesh.tell("thaw", task));
        } catch (IOException e) {
            journal.accept("         " + task + " has gone meanwhile");
        }
    }

    private void later(Strike strike, String command, String argument) {
        var unused = thread.schedule(
                () -> {
                    try {
                        journal.accept("         " + mesh.tell(command, argument));
                    } catch (IOException e) {
                        journal.accept("         not done: " + e.getMessage());
                    }
                },
                strike.lasts().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void told(Strike strike, String what) {
        journal.accept(strike + "\n         " + what);
    }
}
