package io.weathermesh.local.fleet;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The services and tasks of one machine.
 *
 * <p>All state belongs to one thread; every method hands its work to it and waits. Names that are unknown fail with
 * {@link NoSuchElementException} and a message for a person.
 */
public final class Fleet implements AutoCloseable {
    /** Long: a machine that starts many JVMs at once is slow to everybody. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "fleet");
        daemon.setDaemon(true);
        return daemon;
    });
    private final TaskEnvironment environment;
    private final List<ServiceScheduler> services = new ArrayList<>();
    private volatile boolean closing;

    public Fleet(
            TaskLauncher launcher,
            HealthProbe.Maker probes,
            Registrar registrar,
            Targets targets,
            EventLog journal,
            FleetRules rules,
            Clock clock) {
        EventLog untilClosed = (subject, change) -> {
            if (!isClosing()) {
                journal.tell(subject, change);
            }
        };
        environment = new TaskEnvironment(launcher, probes, registrar, targets, untilClosed, rules, clock, thread);
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
            environment.journal().tell(scheduler.service().name(), "desired count " + before + " -> " + desired);
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
        return with(task, found -> found.stop(why, TaskEnd.By.USER));
    }

    /** Kills a task. The service starts another, after a while. */
    public TaskView kill(String task) {
        return with(task, found -> found.process().kill());
    }

    public TaskView freeze(String task) {
        return with(task, found -> found.process().freeze());
    }

    /** Lets a task stand still for this long, again and again: what comes meanwhile waits. */
    public TaskView slow(String task, Duration pause) {
        return with(task, found -> found.process().slow(pause));
    }

    public TaskView thaw(String task) {
        return with(task, found -> found.process().thaw());
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

    private interface Deed {
        void on(Task task);
    }

    private TaskView with(String name, Deed deed) {
        return onThread(() -> {
            Task task = taskNamed(name);
            deed.on(task);
            return task.view();
        });
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
                .filter(task -> task.address().equals(name) || TaskView.isCalled(task.name(), name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no task '" + name + "', but "
                        + String.join(", ", all.stream().map(Task::name).toList())));
    }

    private static int checked(int desired) {
        if (desired < 0 || desired > ServiceDefinition.MAX_TASKS) {
            throw new IllegalArgumentException(
                    "the desired count is " + desired + ", but allowed is 0 to " + ServiceDefinition.MAX_TASKS);
        }
        return desired;
    }

    private <T> T onThread(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the fleet is too busy to answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** From now on says and starts nothing more. */
    public void quiet() {
        closing = true;
    }

    /** Kills all tasks, and returns when they are gone. Nobody is left who could notice that they did not say good-bye. */
    @Override
    public void close() {
        quiet();
        List<TaskProcess> processes = onThread(() -> services.stream()
                .flatMap(service -> service.tasks().stream())
                .map(Task::process)
                .filter(process -> !process.exit().isDone())
                .toList());
        processes.forEach(TaskProcess::kill);
        CompletableFuture.allOf(processes.stream().map(TaskProcess::exit).toArray(CompletableFuture[]::new))
                .join();
        thread.shutdownNow();
    }
}
