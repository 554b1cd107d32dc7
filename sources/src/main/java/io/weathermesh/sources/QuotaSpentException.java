package io.weathermesh.sources;

/** A source has been asked as often as it may be. It did not fail: it was not asked. */
final class QuotaSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QuotaSpentException(String source) {
        super(source + " has been asked as often as it may be");
    }
}
