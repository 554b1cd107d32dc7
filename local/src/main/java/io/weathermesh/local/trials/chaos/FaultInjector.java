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
 * Lets a schedule happen. One task of a service is hurt at a time: with the other dead too, no answer could be complete,
 * and nothing would be learned. Works on the one thread of its scheduler.
 */
final class FaultInjector {
    private final RunningSystem system;
    private final ScheduledExecutorService thread;
    private final Consumer<String> journal;
    private final Map<String, Integer> desired = new HashMap<>();
    private final Set<String> hurt = new HashSet<>();
    private boolean dnsMisbehaves;
    private boolean calmed;
    private int struck;
    private int leftOut;

    FaultInjector(RunningSystem system, ScheduledExecutorService thread, Consumer<String> journal) {
        this.system = system;
        this.thread = thread;
        this.journal = journal;
    }

    /** Learns how many tasks there are, to have as many again in the end. */
    void begin(List<ScheduledFault> schedule) throws IOException {
        for (String service : FaultSchedule.SERVICES) {
            desired.put(service, system.tasks(service).size());
        }
        schedule.forEach(fault -> {
            var unused = thread.schedule(() -> strike(fault), fault.at().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Undoes what lasts, and waits for nothing. No fault comes after it; called again, it does nothing. */
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
        for (String service : FaultSchedule.SERVICES) {
            List<RunningSystem.Task> tasks = system.tasks(service);
            long healthy = tasks.stream().filter(RunningSystem.Task::healthy).count();
            if (healthy != desired.getOrDefault(service, 0) || tasks.size() != healthy) {
                missing.add(service + " has " + healthy + " healthy tasks of " + tasks.size() + ", and should have "
                        + desired.getOrDefault(service, 0));
            }
        }
        return missing;
    }

    private void strike(ScheduledFault fault) {
        if (calmed) {
            return;
        }
        try {
            switch (fault.kind()) {
                case DNS, KILL_DNS -> dns(fault);
                case DEPLOY, SCALE -> struck(fault, fault.service(), fault.argument());
                default -> hurt(fault);
            }
        } catch (IOException e) {
            leaveOut(fault, "not done: " + e.getMessage());
        }
    }

    private void dns(ScheduledFault fault) throws IOException {
        if (dnsMisbehaves) {
            leaveOut(fault, "left out: DNS misbehaves already");
            return;
        }
        struck(fault, fault.argument());
        dnsMisbehaves = true;
        later(fault, () -> {
            dnsMisbehaves = false;
            undo("dns", "ok");
        });
    }

    private void hurt(ScheduledFault fault) throws IOException {
        List<RunningSystem.Task> tasks = system.tasks(fault.service());
        List<RunningSystem.Task> well = tasks.stream()
                .filter(task -> task.healthy() && !hurt.contains(task.name()))
                .toList();
        boolean anotherIsHurt = tasks.stream().anyMatch(task -> hurt.contains(task.name()));
        if (well.size() < 2 || anotherIsHurt) {
            leaveOut(fault, "left out: only one task of the service is well, or another is hurt already");
            return;
        }
        String task = well.get(fault.pick() % well.size()).name();
        struck(fault, task, fault.argument());
        if (!fault.lasts().isZero()) {
            hurt.add(task);
            later(fault, () -> thaw(task));
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
            journal.accept("         " + system.tell(command, arguments));
        } catch (IOException e) {
            journal.accept("         not done: " + e.getMessage());
        }
    }

    private void later(ScheduledFault fault, Runnable undo) {
        var unused = thread.schedule(
                () -> {
                    if (!calmed) {
                        undo.run();
                    }
                },
                fault.lasts().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Has the command of a fault carried out, with those arguments that are not empty. */
    private void struck(ScheduledFault fault, String... arguments) throws IOException {
        List<String> words = Stream.concat(Stream.of(fault.kind().word()), Stream.of(arguments))
                .flatMap(part -> Stream.of(part.split(" ")))
                .filter(word -> !word.isEmpty())
                .toList();
        String told = system.tell(words.get(0), words.stream().skip(1).toArray(String[]::new));
        struck++;
        journal.accept(fault + "\n         " + told);
    }

    private void leaveOut(ScheduledFault fault, String why) {
        leftOut++;
        journal.accept(fault + "\n         " + why);
    }
}
