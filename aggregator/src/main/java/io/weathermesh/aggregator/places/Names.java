package io.weathermesh.aggregator.places;

import java.util.Map;

/**
 * What people call a place, a region or a country.
 *
 * @param english its name in English, or else the one that English texts use
 * @param translated its name in other languages, where it is known; never under English
 */
record Names(String english, Map<Language, String> translated) {
    Names {
        translated = Map.copyOf(translated);
    }

    static Names of(String english) {
        return new Names(english, Map.of());
    }

    /** The name in a language, or in English where it is not known in that one. */
    String in(Language language) {
        return translated.getOrDefault(language, english);
    }
}
