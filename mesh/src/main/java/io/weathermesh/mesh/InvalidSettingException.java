package io.weathermesh.mesh;

/** A setting that a process cannot start with. Its message names the setting, the value found, and what is allowed. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param name the setting, as the person who has to mend it knows it
     * @param value the value found
     * @param allowed what is allowed, as the end of a sentence: {@code "1 to 65535"}
     */
    public InvalidSettingException(String name, String value, String allowed) {
        super(name + " is '" + printable(value) + "', but allowed is " + allowed);
    }

    /** @param message names the setting, the value found, and what is allowed */
    InvalidSettingException(String message) {
        super(message);
    }

    private static String printable(String value) {
        return value.length() <= 200 ? value : value.substring(0, 200) + "...";
    }
}
