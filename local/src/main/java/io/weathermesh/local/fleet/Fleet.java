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
 * <p>All state belongs to one thread; every method hands its work to it and waits. Unknown names fail with
 * {@link NoSuchElementException} and a message for a person; every method fails with {@link FleetBusyException} where
 * that thread does not respond in time.
 */
public final class Fleet implements AutoCloseable {
    /** A guard: nothing on the fleet's thread waits, so that only a machine that hardly runs needs more than a moment. */
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
     * @param thread the one thread that touches tasks; closed with the fleet
     * @param probing makes and starts the probes, which load whole client libraries; closed with the fleet
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
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            return daemon;
        });
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
     * Changes how many tasks a service should have.
     *
     * @return how many it should have had before
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
            scheduler.desire(desired);
            environment.events().log(scheduler.service().name(), "desired count " + before + " -> " + desired);
            return before;
        });
    }

    /** Begins to replace all tasks of a service. */
    public void deploy(String service) {
        onThread(() -> {
            serviceNamed(service).deploy();
            return service;
        });
    }

    /**
     * Stops a task in order. The service starts another.
     *
     * @param why for people who read the journal
     */
    public TaskView stop(String task, String why) {
        return onThread(() -> {
            Task found = taskNamed(task);
            found.stop(why, TaskEnd.By.USER);
            return found.view();
        });
    }

    /** Kills a task. The service starts another, after a while. */
    public TaskView kill(String task) {
        return withProcessOf(task, TaskProcess::kill);
    }

    public TaskView freeze(String task) {
        return withProcessOf(task, TaskProcess::freeze);
    }

    /** Lets a task stand still for this long, again and again: what comes meanwhile waits. */
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

    /** Whether every service has exactly the tasks that it should have, all healthy. */
    public boolean isSteady() {
        return onThread(() -> services.stream().allMatch(ServiceScheduler::isSteady));
    }

    private record Found(TaskView view, TaskProcess process) {}

    /** On the caller's thread: a signal is a process of its own, which the fleet must not wait for. */
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
            // What has not begun is not done later, behind the back of whoever retries.
            result.cancel(false);
            throw new FleetBusyException(responseLimit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** From now on says and starts nothing more. */
    public void quiet() {
        closing = true;
    }

    /**
     * Kills all tasks, and returns when their processes have ended; also where the fleet's thread does not respond. There
     * is no drain: every client ends too.
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
