package io.weathermesh.local.twin;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.weathermesh.local.dns.DnsFault;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Executes the commands of other terminals. */
final class CommandHandler {
    private static final int MAX_SLOW_MILLIS = 10_000;
    private static final String LATE = "late";
    private static final int MAX_LATE_SECONDS = 600;

    private final Fleet fleet;
    private final NameServer nameServer;
    private final Runnable down;

    CommandHandler(Fleet fleet, NameServer nameServer, Runnable down) {
        this.fleet = fleet;
        this.nameServer = nameServer;
        this.down = down;
    }

    /** Executes a command; a failure is a result, and never an exception. */
    CommandResult run(CommandRequest command) {
        try {
            return execute(command);
        } catch (NoSuchElementException e) {
            return new CommandResult(CommandResult.UNKNOWN_NAME, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new CommandResult(CommandResult.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new CommandResult(CommandResult.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private CommandResult execute(CommandRequest command) throws IOException {
        return switch (command.name()) {
            case "ps" -> CommandResult.done(tasksAsJson());
            case "scale" ->
                scale(command.argument("SERVICE", 0), command.number("N", 1, 0, ServiceDefinition.MAX_TASKS));
            case "deploy" -> {
                fleet.deploy(command.argument("SERVICE", 0));
                yield CommandResult.done(command.argument("SERVICE", 0) + ": deployment started");
            }
            case "stop" -> about(fleet.stop(command.argument("TASK", 0), "by ./weather stop"), "is stopping");
            case "kill" -> kill(command.argument("TASK", 0));
            case "freeze" -> about(fleet.freeze(command.argument("TASK", 0)), "is frozen");
            case "slow" -> slow(command.argument("TASK", 0), command.number("MS", 1, 1, MAX_SLOW_MILLIS));
            case "thaw" -> about(fleet.thaw(command.argument("TASK", 0)), "is resumed");
            case "dns" -> dns(command);
            case "down" -> {
                down.run();
                yield CommandResult.done("");
            }
            default -> throw new IllegalArgumentException("unknown command: " + command.name());
        };
    }

    private CommandResult scale(String service, int desired) {
        int before = fleet.scale(service, desired);
        return CommandResult.done(service + ": desired count " + before + " -> " + desired);
    }

    private CommandResult slow(String task, int millis) {
        return about(fleet.slow(task, Duration.ofMillis(millis)), "is slow by up to " + millis + " ms");
    }

    private CommandResult kill(String task) {
        if (task.equals(NameServer.NAME)) {
            nameServer.kill();
            return CommandResult.done("the name server is killed: './weather dns ok' starts it again");
        }
        return about(fleet.kill(task), "is killed");
    }

    private static CommandResult about(TaskView task, String state) {
        return CommandResult.done(task.task() + " (" + task.address() + ", pid " + task.pid() + ") " + state);
    }

    private CommandResult dns(CommandRequest command) throws IOException {
        if (command.arguments().isEmpty()) {
            return CommandResult.done("dns: " + nameServer.mode());
        }
        String mode = command.argument("MODE", 0);
        if (mode.equals(LATE)) {
            int seconds = command.number("SECONDS", 1, 0, MAX_LATE_SECONDS);
            nameServer.lag(Duration.ofSeconds(seconds));
            return CommandResult.done("dns: every change is visible after " + seconds + " s");
        }
        if (command.arguments().size() > 1) {
            throw new IllegalArgumentException("SECONDS is '" + command.argument("SECONDS", 1)
                    + "', but must be given with dns " + LATE + " only");
        }
        nameServer.fault(modeNamed(mode));
        return CommandResult.done("dns: " + mode);
    }

    private static DnsFault modeNamed(String mode) {
        try {
            return DnsFault.of(mode);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "MODE is '" + mode + "', but must be one of " + DnsFault.WORDS + ", " + LATE + " SECONDS", e);
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
