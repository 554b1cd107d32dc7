package io.weathermesh.aggregator.weather;

/** The subscriber's side of an open stream. Safe for use by many threads. */
public interface Subscription {
    /** Continues after the subscriber was not ready. */
    void resume();

    /** Ends the stream without a further call of the subscriber. Has no effect on a stream that has ended. */
    void cancel();
}
