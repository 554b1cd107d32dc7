package io.weathermesh.local.twin;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/** Carries out the commands of other terminals. */
final class Commands {
    private static final Set<String> FAULTS =
            Set.of("ok", "slow", "servfail", "nxdomain", "empty", "silent", "garbage");
    private static final int MAX_SLOW_MILLIS = 10_000;
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
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Outcome(Outcome.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Outcome(Outcome.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Outcome carryOut(Command command) throws IOException {
        return switch (command.name()) {
            case "ps" -> Outcome.done(tasksAsJson());
            case "scale" -> scale(command.argument(0), Integer.parseInt(command.argument(1)));
            case "deploy" -> {
                fleet.deploy(command.argument(0));
                yield Outcome.done(command.argument(0) + ": deployment begins");
            }
            case "stop" -> told(fleet.stop(command.argument(0), "told to"), "stops");
            case "kill" -> kill(command.argument(0));
            case "freeze" -> told(fleet.freeze(command.argument(0)), "stands still");
            case "slow" -> slow(command.argument(0), Integer.parseInt(command.argument(1)));
            case "thaw" -> told(fleet.thaw(command.argument(0)), "goes on");
            case "dns" -> dns(command.arguments());
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
        if (millis < 1 || millis > MAX_SLOW_MILLIS) {
            throw new IllegalArgumentException("slow takes 1 to " + MAX_SLOW_MILLIS + " milliseconds");
        }
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

    private Outcome dns(List<String> words) throws IOException {
        String mode = words.get(0);
        if (mode.equals("late")) {
            int seconds = Integer.parseInt(words.get(1));
            if (seconds < 0 || seconds > MAX_LATE_SECONDS) {
                throw new IllegalArgumentException("late takes 0 to " + MAX_LATE_SECONDS + " seconds");
            }
            nameServer.lag(Duration.ofSeconds(seconds));
            return Outcome.done("dns: changes of the registry show " + seconds + " s late");
        }
        if (!FAULTS.contains(mode)) {
            throw new IllegalArgumentException(
                    "the modes are ok, slow, servfail, nxdomain, empty, silent, garbage and late SECONDS");
        }
        nameServer.fault(mode);
        return Outcome.done("dns: " + mode);
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
