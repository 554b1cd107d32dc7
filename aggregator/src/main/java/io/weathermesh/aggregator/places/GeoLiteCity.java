package io.weathermesh.aggregator.places;

import static io.weathermesh.aggregator.places.GeoLiteCities.in;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the address blocks say of one city, until the most of them decide. Used by the build alone. */
final class GeoLiteCity {
    private static final Pattern OFFICIAL = Pattern.compile(
            "^((Departamento|Provincia|Region|Gouvernorat) (de(l| la)? |d[eu] |de l')|Provincie |Mohafazat "
                    + "|Muhafazat |Tinh |Obcina |Opstina |Baladiyat |Qarku i |Raionul |Ostan-e |Land |Distrikt "
                    + "|Republic of |Hashemite Kingdom of )");

    private final SortedMap<Double, Long> latitudes = new TreeMap<>();
    private final SortedMap<Double, Long> longitudes = new TreeMap<>();
    private final Map<Saying, Heard> sayings = new HashMap<>();
    private long addresses;

    void add(Object block, long count) {
        // A block without addresses to count still says something where no other does.
        long weight = count + 1;
        addresses += count;
        latitudes.merge((Double) Objects.requireNonNull(in(block, "location", "latitude")), weight, Long::sum);
        longitudes.merge((Double) Objects.requireNonNull(in(block, "location", "longitude")), weight, Long::sum);
        Saying saying = new Saying(
                String.valueOf(in(block, "subdivisions", "geoname_id")),
                String.valueOf(in(block, "location", "time_zone")));
        sayings.computeIfAbsent(saying, any -> new Heard(block)).weight += weight;
    }

    /** What blocks may disagree on besides the position. */
    private record Saying(String region, String timeZone) {}

    /** How many addresses are said to be somewhere, and one of the blocks that say so. */
    private static final class Heard {
        private final Object block;
        private long weight;

        private Heard(Object block) {
            this.block = block;
        }
    }

    Place toPlace() {
        Object most = sayings.entrySet().stream()
                .max(Comparator.<Map.Entry<Saying, Heard>>comparingLong(entry -> entry.getValue().weight)
                        .thenComparing(entry -> entry.getKey().toString()))
                .orElseThrow()
                .getValue()
                .block;
        Object region = in(most, "subdivisions") instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
        return new Place(
                names(in(most, "city")),
                List.of(),
                new Country(text(most, "country", "iso_code"), plain(names(in(most, "country")))),
                region == null ? null : new Region(plain(names(region)), (String) in(region, "iso_code")),
                median(latitudes),
                median(longitudes),
                null,
                (String) in(most, "location", "time_zone"),
                null,
                Prominence.ofAddresses(addresses),
                null,
                null,
                GeoLiteCities.GAZETTEER);
    }

    /** Half of the addresses lie to either side. A few blocks are elsewhere altogether, so a mean would be too. */
    private static double median(SortedMap<Double, Long> weights) {
        long left = weights.values().stream().mapToLong(Long::longValue).sum() / 2;
        for (Map.Entry<Double, Long> weight : weights.entrySet()) {
            left -= weight.getValue();
            if (left < 0) {
                return weight.getKey();
            }
        }
        return weights.lastKey();
    }

    private static Names names(@Nullable Object named) {
        Map<Language, String> translated = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            if (language != Language.ENGLISH && in(named, "names", language.tag()) instanceof String name) {
                translated.put(language, name);
            }
        }
        return new Names(text(named, "names", "en"), translated);
    }

    /** Without the words of officials that some English names come with, and without commas, which stand between names. */
    private static Names plain(Names names) {
        return new Names(OFFICIAL.matcher(names.english()).replaceFirst("").replace(",", ""), names.translated());
    }

    private static String text(@Nullable Object tree, String... path) {
        return in(tree, path) instanceof String text ? text : "";
    }
}
