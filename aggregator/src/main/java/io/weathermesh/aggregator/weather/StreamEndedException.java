package io.weathermesh.aggregator.weather;

/** A stream does not begin, or does not go on. Opening it again is safe, and after a while of use. */
public final class StreamEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        TOO_MANY("This task has as many streams as it may have."),
        LEAVING("This task is leaving: open the stream again."),
        LIVED_LONG("The stream has lived for an hour: open it again.");

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

    /** The reason in a sentence for a person. */
    public String explanation() {
        return reason.sentence;
    }
}
