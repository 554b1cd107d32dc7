package io.weathermesh.local.trials.chaos;

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
 * Injects the faults of a schedule. At most one task of a service has a fault at a time: with faults in both of two tasks
 * no response can be complete, and nothing is learned. Used by the thread of its scheduler alone.
 */
final class FaultInjector {
    private final RunningSystem system;
    private final ScheduledExecutorService thread;
    private final Consumer<String> log;
    private final Map<String, Integer> desired = new HashMap<>();
    private final Set<String> faulty = new HashSet<>();
    private boolean dnsFaulty;
    private boolean undone;
    private int injected;
    private int skipped;

    FaultInjector(RunningSystem system, ScheduledExecutorService thread, Consumer<String> log) {
        this.system = system;
        this.thread = thread;
        this.log = log;
    }

    /** Schedules the faults, and records the number of tasks that every service has now. */
    void start(List<ScheduledFault> schedule) throws IOException {
        for (String service : FaultSchedule.SERVICES) {
            desired.put(service, system.tasks(service).size());
        }
        schedule.forEach(fault -> {
            var unused = thread.schedule(() -> inject(fault), fault.at().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Undoes the faults that last, without waiting. Injects none afterwards; a second call does nothing. */
    void undoAll() {
        if (undone) {
            return;
        }
        undone = true;
        undo("dns", "ok");
        List.copyOf(faulty).forEach(this::thaw);
        desired.forEach((service, tasks) -> undo("scale", service, Integer.toString(tasks)));
    }

    /** The number of faults that were injected. */
    int injected() {
        return injected;
    }

    /** The number of faults that failed, or that no system could hide: they were skipped. */
    int skipped() {
        return skipped;
    }

    /** How the services differ from their state at the start; empty if they do not. */
    List<String> notRecovered() throws IOException {
        List<String> differences = new ArrayList<>();
        for (String service : FaultSchedule.SERVICES) {
            List<RunningSystem.Task> tasks = system.tasks(service);
            long healthy = tasks.stream().filter(RunningSystem.Task::healthy).count();
            if (healthy != desired.getOrDefault(service, 0) || tasks.size() != healthy) {
                differences.add(service + " has " + healthy + " healthy tasks of " + tasks.size() + ", but must have "
                        + desired.getOrDefault(service, 0));
            }
        }
        return differences;
    }

    private void inject(ScheduledFault fault) {
        if (undone) {
            return;
        }
        try {
            switch (fault.kind()) {
                case DNS, KILL_DNS -> dns(fault);
                case DEPLOY, SCALE -> inject(fault, fault.service(), fault.argument());
                default -> disturb(fault);
            }
        } catch (IOException e) {
            skip(fault, "failed: " + e.getMessage());
        }
    }

    private void dns(ScheduledFault fault) throws IOException {
        if (dnsFaulty) {
            skip(fault, "skipped: DNS has a fault already");
            return;
        }
        inject(fault, fault.argument());
        dnsFaulty = true;
        later(fault, () -> {
            dnsFaulty = false;
            undo("dns", "ok");
        });
    }

    private void disturb(ScheduledFault fault) throws IOException {
        List<RunningSystem.Task> tasks = system.tasks(fault.service());
        List<RunningSystem.Task> candidates = tasks.stream()
                .filter(task -> task.healthy() && !faulty.contains(task.name()))
                .toList();
        boolean anotherIsFaulty = tasks.stream().anyMatch(task -> faulty.contains(task.name()));
        if (candidates.size() < 2 || anotherIsFaulty) {
            skip(fault, "skipped: the service has fewer than two healthy tasks, or a task with a fault");
            return;
        }
        String task = candidates.get(fault.pick() % candidates.size()).name();
        inject(fault, task, fault.argument());
        if (!fault.lasts().isZero()) {
            faulty.add(task);
            later(fault, () -> thaw(task));
        }
    }

    private void thaw(String task) {
        // It may have ended or been resumed in the meantime.
        if (faulty.remove(task)) {
            undo("thaw", task);
        }
    }

    private void undo(String command, String... arguments) {
        try {
            log.accept("         " + system.run(command, arguments));
        } catch (IOException e) {
            log.accept("         failed: " + e.getMessage());
        }
    }

    private void later(ScheduledFault fault, Runnable undo) {
        var unused = thread.schedule(
                () -> {
                    if (!undone) {
                        undo.run();
                    }
                },
                fault.lasts().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Runs the command of a fault, without empty arguments. */
    private void inject(ScheduledFault fault, String... arguments) throws IOException {
        List<String> words = Stream.concat(Stream.of(fault.kind().word()), Stream.of(arguments))
                .flatMap(part -> Stream.of(part.split(" ")))
                .filter(word -> !word.isEmpty())
                .toList();
        String output = system.run(words.get(0), words.stream().skip(1).toArray(String[]::new));
        injected++;
        log.accept(fault + "\n         " + output);
    }

    private void skip(ScheduledFault fault, String why) {
        skipped++;
        log.accept(fault + "\n         " + why);
    }
}
