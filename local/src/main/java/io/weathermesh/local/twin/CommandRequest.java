package io.weathermesh.local.twin;

import java.util.List;

/**
 * A command that another terminal sends to the twin that runs.
 *
 * @param name such as {@code scale}
 * @param arguments such as {@code humidity-provider} and {@code 3}
 */
public record CommandRequest(String name, List<String> arguments) {
    public CommandRequest {
        arguments = List.copyOf(arguments);
    }

    /** @throws IllegalArgumentException if there is no such argument; the message has its name */
    String argument(String name, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(this.name + ": " + name + " is missing");
        }
        return arguments.get(index);
    }

    /** @throws IllegalArgumentException if there is no such argument, or if it is not a whole number in the range */
    int number(String name, int index, int min, int max) {
        return new OptionRange(name, min, max).parse(argument(name, index));
    }
}
