package io.weathermesh.sources;

import java.time.Instant;
import java.util.Optional;

/** A source could not tell. Another source, or the same one later, may. */
final class SourceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> notBefore;

    SourceFailedException(String source, String reason) {
        this(source, reason, Optional.empty());
    }

    /** Of a source that asks to be left alone until an instant. */
    SourceFailedException(String source, String reason, Optional<Instant> notBefore) {
        super(source + " " + reason);
        this.notBefore = notBefore;
    }

    Optional<Instant> notBefore() {
        return notBefore;
    }
}
