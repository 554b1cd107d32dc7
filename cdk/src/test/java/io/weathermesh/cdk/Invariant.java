package io.weathermesh.cdk;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Something that holds for every stack, whatever was chosen.
 *
 * @param name the decision, as a sentence
 * @param violations what in a template breaks it; empty if nothing does
 */
record Invariant(String name, BiFunction<Template, WeatherProps, List<String>> violations) {
    @Override
    public String toString() {
        return name;
    }
}
