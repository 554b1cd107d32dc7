package io.weathermesh.local.twin;

import java.util.List;

/**
 * What a person wants of the twin that runs.
 *
 * @param name such as {@code scale}
 * @param arguments such as {@code humidity-provider} and {@code 3}
 */
public record Command(String name, List<String> arguments) {
    public Command {
        arguments = List.copyOf(arguments);
    }

    String argument(int index) {
        return arguments.get(index);
    }
}
