package io.weathermesh.mesh;

/**
 * What alarms look for in the logs. The code writes these words and the deployment counts them, so neither has them in a
 * form of its own.
 */
public final class AlarmWords {
    /** A name cannot be resolved, and never was: calls to it fail. */
    public static final String NO_TASK_KNOWN = "knows no task yet";

    /** A name cannot be resolved any more: tasks known before are called, new ones are missed. */
    public static final String HOLDS = "holds its last good set";

    /** The field of the gateway's access log, one JSON object a line, that says how a request ended. */
    public static final String OUTCOME = "outcome";

    /** An outcome: all that was asked for was answered. */
    public static final String COMPLETE = "COMPLETE";

    /** An outcome: a provider's part was missing or stale, and the answer said so. */
    public static final String PARTIAL = "PARTIAL";

    private AlarmWords() {}
}
