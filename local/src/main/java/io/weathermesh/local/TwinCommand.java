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

/** A command that the twin carries out: it is only told to. */
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
                new TwinCommand(home, "scale", "Changes how many tasks a service should have.", "SERVICE", "N"),
                new TwinCommand(home, "deploy", "Replaces all tasks of a service, new ones first.", "SERVICE"),
                new TwinCommand(
                        home,
                        "stop",
                        "Stops a task in order, as ECS does: out of the load balancer, out of DNS, SIGTERM. Another"
                                + " takes its place.",
                        "TASK"),
                new TwinCommand(home, "kill", "Kills a task with SIGKILL; 'dns' kills the name server.", "TASK"),
                new TwinCommand(home, "freeze", "Lets a task stand still: its connections stay open.", "TASK"),
                new TwinCommand(
                        home,
                        "slow",
                        "Lets a task stand still for so many milliseconds, again and again: calls wait up to that long.",
                        "TASK",
                        "MS"),
                new TwinCommand(home, "thaw", "Lets a frozen or slow task go on as usual.", "TASK"),
                new TwinCommand(
                        home,
                        "dns",
                        "Lets the name server misbehave: " + DnsFault.WORDS
                                + ", or late SECONDS (changes of the registry show"
                                + " late). ok undoes all of that, and starts one that was killed.",
                        "MODE",
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
