package io.weathermesh.sources;

/** A source works, but knows nothing of this place: no station is near, or it refuses the question. */
final class NothingHereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingHereException(String source, String reason) {
        super(source + " " + reason);
    }
}
