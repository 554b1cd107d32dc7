package io.weathermesh.local.fleet;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Keeps one service at its desired count, as ECS does: a task that died is replaced after a delay, a stopped one at once; a
 * deployment starts new tasks first (at most 200 % of the desired count), and stops an old one for each new one that is
 * healthy (at least 100 %). Used by the fleet's thread alone.
 */
final class ServiceScheduler {
    /** ECS keeps stopped tasks for about an hour; here their number is bounded. */
    static final int MAX_ENDED = 100;

    private final ServiceDefinition service;
    private final TaskEnvironment environment;
    private final Runnable changed;
    private final List<Task> tasks = new ArrayList<>();
    /** One element for each task that died and may not be replaced yet. */
    private final Deque<Object> vacancies = new ArrayDeque<>();

    /** Stopped tasks, the newest first. */
    private final Deque<TaskView> ended = new ArrayDeque<>();

    private final Instant created;
    private Instant deployed;
    private int desired;
    private int deployment = 1;
    private int lastNumber;

    ServiceScheduler(ServiceDefinition service, int desired, TaskEnvironment environment, Runnable changed) {
        this.service = service;
        this.desired = desired;
        this.environment = environment;
        this.changed = changed;
        this.created = environment.clock().instant();
        this.deployed = created;
    }

    ServiceDefinition service() {
        return service;
    }

    int desired() {
        return desired;
    }

    ServiceView view() {
        return new ServiceView(
                service.name(),
                desired,
                deployment,
                created,
                deployed,
                tasks.stream()
                        .filter(task -> task.status() != TaskStatus.STOPPED)
                        .map(Task::view)
                        .toList(),
                List.copyOf(ended));
    }

    List<Task> tasks() {
        return List.copyOf(tasks);
    }

    void setDesired(int count) {
        desired = count;
        changed.run();
    }

    /** Replaces all tasks by new ones, with the desired count of healthy tasks at any time. */
    void deploy() {
        deployment++;
        deployed = environment.clock().instant();
        environment.events().log(service.name(), "deployment " + deployment + " begins");
        changed.run();
    }

    int pending() {
        return (int) tasks.stream()
                .filter(task -> task.isWanted() && task.status() == TaskStatus.PENDING)
                .count();
    }

    /** Whether the service has its desired count of tasks, all healthy and of the newest deployment, and no other. */
    boolean isSteady() {
        return tasks.size() == desired
                && tasks.stream()
                        .allMatch(task -> task.deployment() == deployment && task.isWanted() && task.isHealthy());
    }

    /**
     * Starts and stops tasks as needed.
     *
     * @param mayStart the number of tasks that may be started now
     * @return the number of tasks that were started
     */
    int reconcile(int mayStart) {
        removeStopped();
        List<Task> wanted = tasks.stream().filter(Task::isWanted).toList();
        List<Task> current =
                wanted.stream().filter(task -> task.deployment() == deployment).toList();
        stopSurplus(current);
        stopReplaced(wanted, current);
        int room = Math.min(2 * desired - wanted.size(), desired - current.size() - vacancies.size());
        int starts = Math.max(0, Math.min(mayStart, room));
        for (int i = 0; i < starts; i++) {
            startOne();
        }
        return starts;
    }

    private void removeStopped() {
        for (Task task : tasks()) {
            if (task.status() == TaskStatus.STOPPED) {
                tasks.remove(task);
                remember(task.view());
                if (!task.wasStopped()) {
                    leaveVacant();
                }
            }
        }
        while (vacancies.size() > desired) {
            vacancies.remove();
        }
    }

    private void leaveVacant() {
        Object vacancy = new Object();
        vacancies.add(vacancy);
        environment.later(environment.rules().replaceAfter(), () -> {
            vacancies.remove(vacancy);
            changed.run();
        });
    }

    private void remember(TaskView task) {
        ended.addFirst(task);
        if (ended.size() > MAX_ENDED) {
            ended.removeLast();
        }
    }

    private void stopSurplus(List<Task> current) {
        current.stream()
                .sorted(Comparator.comparing(Task::isHealthy).thenComparing(Task::number, Comparator.reverseOrder()))
                .limit(Math.max(0, current.size() - desired))
                .toList()
                .forEach(task -> task.stop("scaled to " + desired, TaskEnd.By.SCHEDULER));
    }

    private void stopReplaced(List<Task> wanted, List<Task> current) {
        int healthy = (int) current.stream().filter(Task::isHealthy).count();
        List<Task> old =
                wanted.stream().filter(task -> task.deployment() != deployment).toList();
        old.stream()
                .sorted(Comparator.comparing(Task::isHealthy).thenComparing(Task::number))
                .limit(Math.max(0, old.size() - Math.max(0, desired - healthy)))
                .toList()
                .forEach(task -> task.stop("replaced by deployment " + deployment, TaskEnd.By.SCHEDULER));
    }

    private void startOne() {
        OptionalInt next = nextNumber();
        if (next.isEmpty()) {
            environment
                    .events()
                    .log(service.name(), "cannot start a task: all its addresses on this machine are in use");
            leaveVacant();
            return;
        }
        lastNumber = next.getAsInt();
        try {
            tasks.add(Task.start(service, lastNumber, deployment, environment, changed));
        } catch (IOException | RuntimeException e) {
            // Such as a jar that a build is replacing: the next try may succeed.
            environment.events().log(service.name() + "-" + lastNumber, "cannot be started: " + e.getMessage());
            leaveVacant();
        }
    }

    /** The next free number, so that a new task gets the address that has been unused longest. */
    private OptionalInt nextNumber() {
        return IntStream.range(lastNumber, lastNumber + ServiceDefinition.LAST_NUMBER)
                .map(before -> before % ServiceDefinition.LAST_NUMBER + 1)
                .filter(number -> tasks.stream().noneMatch(task -> task.number() == number))
                .filter(this::isOnThisMachine)
                .findFirst();
    }

    private boolean isOnThisMachine(int number) {
        return environment.launcher().hasAddress(service.addressOf(number));
    }

    /** The number of tasks that this machine has addresses for, at most {@code count}. */
    int room(int count) {
        return (int) IntStream.rangeClosed(1, ServiceDefinition.LAST_NUMBER)
                .filter(this::isOnThisMachine)
                .limit(count)
                .count();
    }
}
