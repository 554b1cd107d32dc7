package io.weathermesh.sources;

/** A source works, but knows nothing of this place: no station is near. */
final class NothingHereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingHereException(String source, String reason) {
        super(source + " " + reason);
    }
}
