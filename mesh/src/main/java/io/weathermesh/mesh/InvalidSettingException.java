package io.weathermesh.mesh;

/** A setting that a process cannot start with. Its message names the setting, its value, and what it must be. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param name the name of the setting, as an operator writes it
     * @param value its value
     * @param expected what the value must be, as the end of a sentence: {@code "on or off"}
     */
    public InvalidSettingException(String name, String value, String expected) {
        super(name + " is '" + printable(value) + "', but must be " + expected);
    }

    /** @param message names the setting, its value, and what it must be */
    InvalidSettingException(String message) {
        super(message);
    }

    private static String printable(String value) {
        return value.length() <= 200 ? value : value.substring(0, 200) + "...";
    }
}
