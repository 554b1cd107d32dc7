package io.weathermesh.sources.live;

/** A source was not called because the quota is used up. This is no failure of the source. */
final class QuotaExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QuotaExceededException(String source) {
        super("the quota of " + source + " is used up");
    }
}
