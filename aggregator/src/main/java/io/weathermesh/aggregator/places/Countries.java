package io.weathermesh.aggregator.places;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Countries by ISO 3166-1 alpha-2 code, and their further names. */
public final class Countries {
    /** Kosovo has no code in ISO 3166-1; this one is in general use. */
    private static final String KOSOVO = "XK";

    private static final Set<String> CODES = Stream.concat(Stream.of(KOSOVO), Stream.of(Locale.getISOCountries()))
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("usa", "US"),
            Map.entry("america", "US"),
            Map.entry("united states of america", "US"),
            Map.entry("uk", "GB"),
            Map.entry("great britain", "GB"),
            Map.entry("holland", "NL"),
            Map.entry("south korea", "KR"),
            Map.entry("korea", "KR"),
            Map.entry("north korea", "KP"),
            Map.entry("czech republic", "CZ"),
            Map.entry("czechia", "CZ"),
            Map.entry("macedonia", "MK"),
            Map.entry("north macedonia", "MK"),
            Map.entry("swaziland", "SZ"),
            Map.entry("eswatini", "SZ"),
            Map.entry("burma", "MM"),
            Map.entry("myanmar", "MM"),
            Map.entry("turkiye", "TR"),
            Map.entry("turkey", "TR"),
            Map.entry("ivory coast", "CI"),
            Map.entry("cote d ivoire", "CI"),
            Map.entry("uae", "AE"),
            Map.entry("cape verde", "CV"),
            Map.entry("east timor", "TL"),
            Map.entry("vatican", "VA"),
            Map.entry("drc", "CD"),
            Map.entry("dr congo", "CD"),
            Map.entry("democratic republic of the congo", "CD"),
            Map.entry("congo", "CG"),
            Map.entry("republic of the congo", "CG"));

    /** ISO 3166-1 has codes for these, but people also write them as parts of a country. */
    private static final Map<String, List<String>> TERRITORIES =
            Map.of("china", List.of("HK", "MO"), "cn", List.of("HK", "MO"));

    private Countries() {}

    /** Whether a country has this code, in either case. */
    public static boolean isCode(String code) {
        return CODES.contains(code.toUpperCase(Locale.ROOT));
    }

    /** The codes of territories that people write as parts of the country with a folded name. */
    static List<String> territoriesOf(String folded) {
        return TERRITORIES.getOrDefault(folded, List.of());
    }

    /** The code of a country by a folded name that the lists do not have; null if there is none. */
    static @Nullable String codeOfOtherName(String folded) {
        return OTHER_NAMES.get(folded);
    }
}
