package io.weathermesh.sources;

import java.time.Instant;
import java.util.Optional;

/** A source failed to read. Another source, or a later read of the same source, may succeed. */
public final class SourceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> notBefore;

    /** @param reason completes a sentence that begins with the source: {@code "returned HTTP 500"} */
    public SourceFailedException(String source, String reason) {
        this(source, reason, Optional.empty());
    }

    /** @param notBefore when the source may be called again, if it named an instant */
    public SourceFailedException(String source, String reason, Optional<Instant> notBefore) {
        super(source + " " + reason);
        this.notBefore = notBefore;
    }

    /** When the source may be called again; empty if it named no instant. */
    public Optional<Instant> notBefore() {
        return notBefore;
    }
}
