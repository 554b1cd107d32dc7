package io.weathermesh.sources.live;

/** A source works but has no reading for this point: no station is near, or it rejects the request. */
final class NoDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDataException(String source, String reason) {
        super(source + " " + reason);
    }
}
