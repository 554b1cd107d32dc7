package io.weathermesh.local.twin;

import java.util.List;

/**
 * What a person wants of the twin that runs.
 *
 * @param name such as {@code scale}
 * @param arguments such as {@code humidity-provider} and {@code 3}
 */
public record CommandRequest(String name, List<String> arguments) {
    public CommandRequest {
        arguments = List.copyOf(arguments);
    }

    /**
     * An argument.
     *
     * @param name as people know it
     * @throws IllegalArgumentException if it is not there
     */
    String argument(String name, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(this.name + " needs " + name);
        }
        return arguments.get(index);
    }

    /**
     * An argument that is a whole number.
     *
     * @throws IllegalArgumentException if it is not there, not a number, or not allowed
     */
    int number(String name, int index, int least, int most) {
        String text = argument(name, index);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                name + " is '" + text + "', but allowed is a whole number of " + least + " to " + most);
    }
}
