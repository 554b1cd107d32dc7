package io.weathermesh.aggregator.places;

import java.util.Map;

/**
 * The names of a place, a region or a country.
 *
 * @param english the name in English texts
 * @param translated the names in other languages, as far as they are known; never under English
 */
public record Names(String english, Map<Language, String> translated) {
    public Names {
        translated = Map.copyOf(translated);
    }

    public static Names of(String english) {
        return new Names(english, Map.of());
    }

    boolean areKnownIn(Language language) {
        return language == Language.ENGLISH || translated.containsKey(language);
    }

    /** The name in a language, or else in English. */
    String in(Language language) {
        return translated.getOrDefault(language, english);
    }
}
