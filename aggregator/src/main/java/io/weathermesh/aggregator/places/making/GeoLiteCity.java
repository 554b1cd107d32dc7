package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Country;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Names;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.Prominence;
import io.weathermesh.aggregator.places.Region;
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

/** One city, from its address blocks: where these differ, the value with the most addresses wins. */
final class GeoLiteCity {
    private static final String GAZETTEER = "cities";

    private static final Pattern OFFICIAL = Pattern.compile(
            "^((Departamento|Provincia|Region|Gouvernorat) (de(l| la)? |d[eu] |de l')|Provincie |Mohafazat "
                    + "|Muhafazat |Tinh |Obcina |Opstina |Baladiyat |Qarku i |Raionul |Ostan-e |Land |Distrikt "
                    + "|Republic of |Hashemite Kingdom of )");

    private final SortedMap<Double, Long> latitudes = new TreeMap<>();
    private final SortedMap<Double, Long> longitudes = new TreeMap<>();
    private final Map<Variant, Votes> variants = new HashMap<>();
    private long addresses;

    void add(Object block, long count) {
        // A block without counted addresses decides only where there is no other.
        long weight = count + 1;
        addresses += count;
        latitudes.merge((Double) Objects.requireNonNull(in(block, "location", "latitude")), weight, Long::sum);
        longitudes.merge((Double) Objects.requireNonNull(in(block, "location", "longitude")), weight, Long::sum);
        Variant variant = new Variant(
                String.valueOf(in(block, "subdivisions", "geoname_id")),
                String.valueOf(in(block, "location", "time_zone")));
        variants.computeIfAbsent(variant, any -> new Votes(block)).weight += weight;
    }

    /** The values that can differ beside the position. */
    private record Variant(String region, String timeZone) {}

    /** The weight of a variant, and one of its blocks. */
    private static final class Votes {
        private final Object block;
        private long weight;

        private Votes(Object block) {
            this.block = block;
        }
    }

    Place toPlace() {
        Object most = variants.entrySet().stream()
                .max(Comparator.<Map.Entry<Variant, Votes>>comparingLong(entry -> entry.getValue().weight)
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
                GAZETTEER);
    }

    /** By addresses. Unlike a mean, it ignores the few blocks that are far off. */
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

    /** Without the official words of some English names, and without commas, which separate names. */
    private static Names plain(Names names) {
        return new Names(OFFICIAL.matcher(names.english()).replaceFirst("").replace(",", ""), names.translated());
    }

    private static String text(@Nullable Object tree, String... path) {
        return in(tree, path) instanceof String text ? text : "";
    }

    /** The value in a tree of maps and lists under a path; null if there is none. */
    static @Nullable Object in(@Nullable Object tree, String... path) {
        Object at = tree;
        for (String step : path) {
            if (at instanceof List<?> list) {
                at = list.isEmpty() ? null : list.get(0);
            }
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }
}
