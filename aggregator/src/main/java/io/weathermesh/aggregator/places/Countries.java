package io.weathermesh.aggregator.places;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Countries by ISO 3166-1 alpha-2 code and by English name, as the JDK knows them, and what else people call them. */
final class Countries {
    private static final Set<String> CODES = Set.of(Locale.getISOCountries());

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "usa", "US",
            "america", "US",
            "uk", "GB",
            "great britain", "GB",
            "england", "GB",
            "scotland", "GB",
            "holland", "NL",
            "south korea", "KR",
            "north korea", "KP",
            "czech republic", "CZ");

    private static final Map<String, String> BY_NAME = byName();

    private Countries() {}

    static boolean isCode(String code) {
        return CODES.contains(code.toUpperCase(Locale.ROOT));
    }

    static String nameOf(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }

    /** The codes that folded text may mean: none, or one. */
    static List<String> meantBy(String folded) {
        String code = folded.toUpperCase(Locale.ROOT);
        if (CODES.contains(code)) {
            return List.of(code);
        }
        String named = BY_NAME.get(folded);
        return named == null ? List.of() : List.of(named);
    }

    private static Map<String, String> byName() {
        Map<String, String> names = new HashMap<>(OTHER_NAMES);
        for (String code : CODES) {
            names.put(Folding.fold(nameOf(code)), code);
        }
        return Collections.unmodifiableMap(names);
    }
}
