package io.weathermesh.mesh;

/**
 * The phrases in log lines of discovery that alarms count. The log is written with these constants and the deployment's
 * metric filters are made from them, so the two cannot differ.
 */
public final class AlarmWords {
    /** A name has never been resolved: calls to it fail. */
    public static final String NO_TASK_KNOWN = "knows no task yet";

    /** A name can no longer be resolved: calls go to the tasks known before, and new tasks are missed. */
    public static final String HOLDS_LAST_GOOD_SET = "holds its last good set";

    private AlarmWords() {}
}
