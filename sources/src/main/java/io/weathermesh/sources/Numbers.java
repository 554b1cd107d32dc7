package io.weathermesh.sources;

/** What other people's numbers must be before they are believed to be numbers. */
final class Numbers {
    private Numbers() {}

    static double finite(String source, double value) {
        if (!Double.isFinite(value)) {
            throw new SourceFailedException(source, "answers what is no number");
        }
        return value;
    }
}
