package io.weathermesh.aggregator.weather;

/** A stream was refused or has ended. The client can open it again. */
public final class StreamEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The cause. */
    public enum Reason {
        TOO_MANY("This task has as many streams as it can serve."),
        DRAINING("This task is draining. Open the stream again."),
        MAX_AGE("The stream reached its maximum age of one hour. Open it again.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;

    StreamEndedException(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The reason as a sentence for a person. */
    public String explanation() {
        return reason.sentence;
    }
}
