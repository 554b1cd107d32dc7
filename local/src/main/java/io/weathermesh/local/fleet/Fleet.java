package io.weathermesh.local.fleet;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The services and tasks of one machine.
 *
 * <p>All state belongs to one thread; every method submits its work to it and waits. An unknown name is a {@link
 * NoSuchElementException} with the known names; every method throws {@link FleetBusyException} if that thread does not
 * respond in time.
 */
public final class Fleet implements AutoCloseable {
    /** A guard: nothing blocks the fleet's thread, which only a stalled machine delays. */
    private static final Duration RESPONSE_LIMIT = Duration.ofMinutes(2);

    private final ScheduledExecutorService thread;
    private final ScheduledExecutorService probing;
    private final LiveProcesses processes;
    private final Duration responseLimit;
    private final TaskEnvironment environment;
    private final List<ServiceScheduler> services = new ArrayList<>();
    private volatile boolean closing;

    public Fleet(
            TaskLauncher launcher,
            HealthProbe.Maker probes,
            Registrar registrar,
            Targets targets,
            EventLog events,
            FleetRules rules,
            Clock clock) {
        this(
                launcher,
                probes,
                registrar,
                targets,
                events,
                rules,
                clock,
                daemon("fleet"),
                daemon("probes"),
                RESPONSE_LIMIT);
    }

    /**
     * @param thread the one thread that uses tasks; shut down with the fleet
     * @param probing creates and starts the probes, which load client libraries; shut down with the fleet
     * @param responseLimit how long a caller waits for {@code thread}
     */
    Fleet(
            TaskLauncher launcher,
            HealthProbe.Maker probes,
            Registrar registrar,
            Targets targets,
            EventLog events,
            FleetRules rules,
            Clock clock,
            ScheduledExecutorService thread,
            ScheduledExecutorService probing,
            Duration responseLimit) {
        this.thread = thread;
        this.probing = probing;
        this.responseLimit = responseLimit;
        processes = new LiveProcesses(launcher);
        EventLog untilClosed = (subject, event) -> {
            if (!isClosing()) {
                events.log(subject, event);
            }
        };
        environment =
                new TaskEnvironment(processes, probes, probing, registrar, targets, untilClosed, rules, clock, thread);
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(name));
    }

    private boolean isClosing() {
        return closing;
    }

    /** Adds a service and starts its tasks. */
    public void run(ServiceDefinition service, int desired) {
        onThread(() -> {
            services.add(new ServiceScheduler(service, checked(desired), environment, this::reconcileSoon));
            reconcile();
            return desired;
        });
    }

    /**
     * Sets the desired count of a service.
     *
     * @return the desired count before
     */
    public int scale(String service, int desired) {
        return onThread(() -> {
            ServiceScheduler scheduler = serviceNamed(service);
            int before = scheduler.desired();
            int room = scheduler.room(checked(desired));
            if (room < desired) {
                throw new IllegalArgumentException("the desired count is " + desired + ", but this machine has only "
                        + room + " loopback addresses for the "
                        + scheduler.service().name());
            }
            scheduler.setDesired(desired);
            environment.events().log(scheduler.service().name(), "desired count " + before + " -> " + desired);
            return before;
        });
    }

    /** Starts a deployment, which replaces all tasks of a service. */
    public void deploy(String service) {
        onThread(() -> {
            serviceNamed(service).deploy();
            return service;
        });
    }

    /**
     * Starts the stop sequence of a task. The service starts another task.
     *
     * @param why the reason in the event log
     */
    public TaskView stop(String task, String why) {
        return onThread(() -> {
            Task found = taskNamed(task);
            found.stop(why, TaskEnd.By.USER);
            return found.view();
        });
    }

    /** Kills a task. The service replaces it after a delay. */
    public TaskView kill(String task) {
        return withProcessOf(task, TaskProcess::kill);
    }

    public TaskView freeze(String task) {
        return withProcessOf(task, TaskProcess::freeze);
    }

    /** Suspends a task for this long again and again, so that calls wait. */
    public TaskView slow(String task, Duration pause) {
        return withProcessOf(task, process -> process.slow(pause));
    }

    public TaskView thaw(String task) {
        return withProcessOf(task, TaskProcess::thaw);
    }

    public List<TaskView> tasks() {
        return onThread(() -> services.stream()
                .flatMap(service -> service.tasks().stream())
                .map(Task::view)
                .toList());
    }

    public List<ServiceView> services() {
        return onThread(() -> services.stream().map(ServiceScheduler::view).toList());
    }

    /** Whether every service has its desired count of tasks, all healthy and of the newest deployment. */
    public boolean isSteady() {
        return onThread(() -> services.stream().allMatch(ServiceScheduler::isSteady));
    }

    private record Found(TaskView view, TaskProcess process) {}

    /** On the caller's thread: sending a signal starts a process, and must not block the fleet. */
    private TaskView withProcessOf(String name, Consumer<TaskProcess> action) {
        Found found = onThread(() -> {
            Task task = taskNamed(name);
            return new Found(task.view(), task.process());
        });
        action.accept(found.process());
        return found.view();
    }

    private void reconcileSoon() {
        if (!closing) {
            thread.execute(this::reconcile);
        }
    }

    private void reconcile() {
        if (closing) {
            return;
        }
        int starting = services.stream().mapToInt(ServiceScheduler::pending).sum();
        for (ServiceScheduler service : services) {
            starting += service.reconcile(environment.rules().maxStarting() - starting);
        }
    }

    private ServiceScheduler serviceNamed(String name) {
        return services.stream()
                .filter(candidate -> candidate.service().name().equals(name)
                        || candidate.service().module().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no service '" + name + "', but "
                        + String.join(
                                ", ",
                                services.stream()
                                        .map(known -> known.service().name())
                                        .toList())));
    }

    private Task taskNamed(String name) {
        List<Task> all = services.stream()
                .flatMap(service -> service.tasks().stream())
                .filter(task -> task.status() != TaskStatus.STOPPED)
                .toList();
        return all.stream()
                .filter(task -> task.address().equals(name) || TaskView.matches(task.name(), name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no task '" + name + "', but "
                        + String.join(", ", all.stream().map(Task::name).toList())));
    }

    private static int checked(int desired) {
        if (desired < 0 || desired > ServiceDefinition.MAX_TASKS) {
            throw new IllegalArgumentException(
                    "the desired count is " + desired + ", but must be between 0 and " + ServiceDefinition.MAX_TASKS);
        }
        return desired;
    }

    private <T> T onThread(Callable<T> work) {
        Future<T> result = thread.submit(work);
        try {
            return result.get(responseLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            // Work that has not started must not run after the caller has failed.
            result.cancel(false);
            throw new FleetBusyException(responseLimit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Logs and starts nothing from now on. */
    public void quiet() {
        closing = true;
    }

    /**
     * Kills all tasks, and returns when their processes have ended, even if the fleet's thread does not respond. Without a
     * drain, since every client ends too.
     *
     * @throws IllegalStateException if a process outlives SIGKILL by a minute
     */
    @Override
    public void close() {
        quiet();
        try {
            processes.close();
        } finally {
            thread.shutdownNow();
            probing.shutdownNow();
        }
    }
}
