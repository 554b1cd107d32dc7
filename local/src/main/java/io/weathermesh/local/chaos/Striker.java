package io.weathermesh.local.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final Mesh mesh;
    private final ScheduledExecutorService thread;
    private final Consumer<String> journal;
    private final Map<String, Integer> desired = new HashMap<>();
    private final Set<String> hurt = new HashSet<>();
    private boolean dnsMisbehaves;
    private boolean calmed;
    private int struck;
    private int leftOut;

    Striker(Mesh mesh, ScheduledExecutorService thread, Consumer<String> journal) {
        this.mesh = mesh;
        this.thread = thread;
        this.journal = journal;
    }

    /** Learns how many tasks there are, to have as many again in the end. */
    void begin(List<Strike> schedule) throws IOException {
        for (String service : Schedule.SERVICES) {
            desired.put(service, mesh.tasks(service).size());
        }
        schedule.forEach(strike -> {
            var unused = thread.schedule(() -> strike(strike), strike.at().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Undoes what lasts, and waits for nothing. No strike comes after it; called again, it does nothing. */
    void calm() {
        if (calmed) {
            return;
        }
        calmed = true;
        undo("dns", "ok");
        List.copyOf(hurt).forEach(this::thaw);
        desired.forEach((service, tasks) -> undo("scale", service, Integer.toString(tasks)));
    }

    /** How many strikes have happened. */
    int struck() {
        return struck;
    }

    /** How many strikes could not, or would have made it impossible to keep the promises. */
    int leftOut() {
        return leftOut;
    }

    /** What keeps the system from being as it was in the beginning; empty when it is. */
    List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String service : Schedule.SERVICES) {
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
        if (calmed) {
            return;
        }
        try {
            switch (strike.kind()) {
                case DNS, KILL_DNS -> dns(strike);
                case DEPLOY, SCALE -> struck(strike, strike.service(), strike.argument());
                default -> hurt(strike);
            }
        } catch (IOException e) {
            leaveOut(strike, "not done: " + e.getMessage());
        }
    }

    private void dns(Strike strike) throws IOException {
        if (dnsMisbehaves) {
            leaveOut(strike, "left out: DNS misbehaves already");
            return;
        }
        struck(strike, strike.argument());
        dnsMisbehaves = true;
        later(strike, () -> {
            dnsMisbehaves = false;
            undo("dns", "ok");
        });
    }

    private void hurt(Strike strike) throws IOException {
        List<Mesh.Task> tasks = mesh.tasks(strike.service());
        List<Mesh.Task> well = tasks.stream()
                .filter(task -> task.healthy() && !hurt.contains(task.name()))
                .toList();
        boolean anotherIsHurt = tasks.stream().anyMatch(task -> hurt.contains(task.name()));
        if (well.size() < 2 || anotherIsHurt) {
            leaveOut(strike, "left out: only one task of the service is well, or another is hurt already");
            return;
        }
        String task = well.get(strike.pick() % well.size()).name();
        struck(strike, task, strike.argument());
        if (!strike.lasts().isZero()) {
            hurt.add(task);
            later(strike, () -> thaw(task));
        }
    }

    private void thaw(String task) {
        // It may have been thawed, and may have gone meanwhile.
        if (hurt.remove(task)) {
            undo("thaw", task);
        }
    }

    private void undo(String command, String... arguments) {
        try {
            journal.accept("         " + mesh.tell(command, arguments));
        } catch (IOException e) {
            journal.accept("         not done: " + e.getMessage());
        }
    }

    private void later(Strike strike, Runnable undo) {
        var unused = thread.schedule(
                () -> {
                    if (!calmed) {
                        undo.run();
                    }
                },
                strike.lasts().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Has the command of a strike carried out, with those arguments that are not empty. */
    private void struck(Strike strike, String... arguments) throws IOException {
        List<String> words = Stream.concat(Stream.of(strike.kind().word()), Stream.of(arguments))
                .flatMap(part -> Stream.of(part.split(" ")))
                .filter(word -> !word.isEmpty())
                .toList();
        String told = mesh.tell(words.get(0), words.stream().skip(1).toArray(String[]::new));
        struck++;
        journal.accept(strike + "\n         " + told);
    }

    private void leaveOut(Strike strike, String why) {
        leftOut++;
        journal.accept(strike + "\n         " + why);
    }
}
