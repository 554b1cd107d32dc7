package io.weathermesh.local.twin;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.weathermesh.local.dns.Fault;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Carries out the commands of other terminals. */
final class Commands {
    private static final int MAX_SLOW_MILLIS = 10_000;
    private static final String LATE = "late";
    private static final int MAX_LATE_SECONDS = 600;

    private final Fleet fleet;
    private final NameServer nameServer;
    private final Runnable down;

    Commands(Fleet fleet, NameServer nameServer, Runnable down) {
        this.fleet = fleet;
        this.nameServer = nameServer;
        this.down = down;
    }

    /** Never throws: what cannot be done is an outcome too. */
    Outcome run(Command command) {
        try {
            return carryOut(command);
        } catch (NoSuchElementException e) {
            return new Outcome(Outcome.UNKNOWN_NAME, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Outcome(Outcome.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Outcome(Outcome.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Outcome carryOut(Command command) throws IOException {
        return switch (command.name()) {
            case "ps" -> Outcome.done(tasksAsJson());
            case "scale" ->
                scale(command.argument("SERVICE", 0), command.number("N", 1, 0, ServiceDefinition.MAX_TASKS));
            case "deploy" -> {
                fleet.deploy(command.argument("SERVICE", 0));
                yield Outcome.done(command.argument("SERVICE", 0) + ": deployment begins");
            }
            case "stop" -> told(fleet.stop(command.argument("TASK", 0), "told to"), "stops");
            case "kill" -> kill(command.argument("TASK", 0));
            case "freeze" -> told(fleet.freeze(command.argument("TASK", 0)), "stands still");
            case "slow" -> slow(command.argument("TASK", 0), command.number("MS", 1, 1, MAX_SLOW_MILLIS));
            case "thaw" -> told(fleet.thaw(command.argument("TASK", 0)), "goes on");
            case "dns" -> dns(command);
            case "down" -> {
                down.run();
                yield Outcome.done("");
            }
            default -> throw new IllegalArgumentException("unknown command: " + command.name());
        };
    }

    private Outcome scale(String service, int desired) {
        int before = fleet.scale(service, desired);
        return Outcome.done(service + ": desired count " + before + " -> " + desired);
    }

    private Outcome slow(String task, int millis) {
        return told(fleet.slow(task, Duration.ofMillis(millis)), "is slow by up to " + millis + " ms");
    }

    private Outcome kill(String task) {
        if (task.equals(NameServer.NAME)) {
            nameServer.kill();
            return Outcome.done("the name server is killed: './weather dns ok' starts it again");
        }
        return told(fleet.kill(task), "is killed");
    }

    private static Outcome told(TaskView task, String what) {
        return Outcome.done(task.task() + " (" + task.address() + ", pid " + task.pid() + ") " + what);
    }

    private Outcome dns(Command command) throws IOException {
        String mode = command.argument("MODE", 0);
        if (mode.equals(LATE)) {
            int seconds = command.number("SECONDS", 1, 0, MAX_LATE_SECONDS);
            nameServer.lag(Duration.ofSeconds(seconds));
            return Outcome.done("dns: changes of the registry show " + seconds + " s late");
        }
        if (command.arguments().size() > 1) {
            throw new IllegalArgumentException("only dns " + LATE + " takes SECONDS");
        }
        nameServer.fault(modeNamed(mode));
        return Outcome.done("dns: " + mode);
    }

    private static Fault modeNamed(String mode) {
        try {
            return Fault.of(mode);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "MODE is '" + mode + "', but allowed is " + Fault.WORDS + ", and " + LATE + " SECONDS", e);
        }
    }

    private String tasksAsJson() {
        List<TaskView> all = new ArrayList<>(List.of(nameServer.view()));
        all.addAll(fleet.tasks());
        JsonSerializer<Instant> instants = (instant, type, context) -> new JsonPrimitive(instant.toString());
        return new GsonBuilder()
                .registerTypeAdapter(Instant.class, instants)
                .setPrettyPrinting()
                .create()
                .toJson(all);
    }
}
