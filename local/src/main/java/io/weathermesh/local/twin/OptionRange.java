package io.weathermesh.local.twin;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The range of a whole number on the command line. */
public record OptionRange(String name, int min, int max) {
    /** @throws IllegalArgumentException if the value is out of range */
    int check(int value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be between " + min + " and " + max);
        }
        return value;
    }

    /** @throws IllegalArgumentException if the text is not a whole number in the range */
    int parse(String text) {
        try {
            return check(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " is '" + text + "', but must be a whole number between " + min + " and " + max, e);
        }
    }

    /** @throws ParameterException if the option's value is out of range: the command then ends with wrong usage */
    public static void check(CommandSpec command, String option, int value, int min, int max) {
        try {
            int unused = new OptionRange(option, min, max).check(value);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
