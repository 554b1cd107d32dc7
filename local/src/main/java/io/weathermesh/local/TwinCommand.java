package io.weathermesh.local;

import io.weathermesh.local.dns.DnsFault;
import io.weathermesh.local.twin.ControlClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command that the running twin executes: this process sends it and prints the result. */
final class TwinCommand implements Callable<Integer> {
    private final Path home;
    private final CommandSpec spec;

    private TwinCommand(Path home, String name, String description, String... parameters) {
        this.home = home;
        spec = CommandSpec.wrapWithoutInspection(this).name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description);
        for (int i = 0; i < parameters.length; i++) {
            String label = parameters[i];
            boolean optional = label.startsWith("[");
            spec.addPositional(PositionalParamSpec.builder()
                    .index(Integer.toString(i))
                    .paramLabel(label.replaceAll("[\\[\\]]", ""))
                    .type(String.class)
                    .required(!optional)
                    .arity(optional ? "0..1" : "1")
                    .build());
        }
    }

    static List<TwinCommand> all(Path home) {
        return List.of(
                new TwinCommand(home, "scale", "Sets the desired count of a service.", "SERVICE", "N"),
                new TwinCommand(home, "deploy", "Replaces all tasks of a service, new ones first.", "SERVICE"),
                new TwinCommand(
                        home,
                        "stop",
                        "Stops a task as ECS does: deregisters it from the load balancer and from Cloud Map, then sends"
                                + " SIGTERM. The service starts another task.",
                        "TASK"),
                new TwinCommand(home, "kill", "Kills a task (SIGKILL). 'kill dns' kills the name server.", "TASK"),
                new TwinCommand(home, "freeze", "Suspends a task (SIGSTOP). Its connections stay open.", "TASK"),
                new TwinCommand(
                        home,
                        "slow",
                        "Suspends a task for MS milliseconds again and again, so that calls take up to that much longer.",
                        "TASK",
                        "MS"),
                new TwinCommand(home, "thaw", "Resumes a frozen or slow task.", "TASK"),
                new TwinCommand(
                        home,
                        "dns",
                        "Makes the name server misbehave. MODE is one of " + DnsFault.WORDS + ", or late SECONDS, which"
                                + " delays every change in DNS. 'dns ok' ends all of that, and starts a name server that"
                                + " was killed. Without MODE: prints the mode.",
                        "[MODE]",
                        "[SECONDS]"));
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        List<String> arguments = new ArrayList<>();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            String value = parameter.getValue();
            if (value != null) {
                arguments.add(value);
            }
        }
        CommandLine line = spec.commandLine();
        return ControlClient.send(home, spec.name(), arguments).print(line.getOut(), line.getErr());
    }
}
