package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Weather;

/** What became of one question of a batch. */
public sealed interface ItemOutcome {
    /** There is an answer. */
    record Answered(Weather weather) implements ItemOutcome {}

    /** There is none, for the reason that a question by itself would have failed with. */
    record Refused(RuntimeException reason) implements ItemOutcome {}
}
