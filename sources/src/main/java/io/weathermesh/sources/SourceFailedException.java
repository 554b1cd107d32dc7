package io.weathermesh.sources;

/** A source could not tell. Another source, or the same one later, may. */
public final class SourceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceFailedException(String source, String reason) {
        super(source + " " + reason);
    }
}
