package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weathermesh.aggregator.places.making.IndexWriter;
import io.weathermesh.aggregator.places.making.NameVariants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes of random places, compared with scans. */
class PlaceIndexTest {
    private static final int MAX_JAR_BYTES = 6_000_000;
    private static final int MAX_HEAP_BYTES = 40_000_000;
    private static final String LETTERS = "aaabeinorst' -üößмокв東京";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyPlaceIsReadAsWritten(long seed) throws IOException {
        List<Place> places = world(new Random(seed), 1_000);
        PlaceIndex index = read(places);
        assertThat(IntStream.range(0, index.table().count()).mapToObj(index.table()::place))
                .containsExactlyInAnyOrderElementsOf(places);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyPlaceIsFoundByItsNamesOnly(long seed) throws IOException {
        List<Place> places = world(new Random(seed), 1_000);
        PlaceIndex index = read(places);
        for (Place place : places) {
            NameVariants.of(place, name -> {
                if (!name.isEmpty()) {
                    IntList found = new IntList();
                    index.names().find(name, found);
                    assertThat(places(index, found)).contains(place).allMatch(other -> bears(other, name));
                }
            });
        }
        IntList none = new IntList();
        index.names().find("zzz", none);
        assertThat(none.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aPrefixSearchEqualsAScan(long seed) throws IOException {
        List<Place> places = world(new Random(seed), 500);
        PlaceIndex index = read(places);
        for (String prefix : List.of("a", "st", "ab", "東", "мо", "z", "ü")) {
            IntList found = new IntList();
            index.names().findPrefix(prefix, found);
            assertThat(Set.copyOf(places(index, found)))
                    .containsExactlyInAnyOrderElementsOf(places.stream()
                            .filter(place -> bearsSuchAs(place, prefix))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theNearestPlacesEqualAScan(long seed) throws IOException {
        Random random = new Random(seed);
        List<Place> places = world(random, seed == 5 ? 3 : 500);
        PlaceIndex index = read(places);
        for (int i = 0; i < 200; i++) {
            double latitude = i == 0 ? 90 : i == 1 ? -90 : Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
            double longitude = i == 2 ? 180 : i == 3 ? -180 : 360 * random.nextDouble() - 180;
            int limit = 1 + random.nextInt(5);
            assertThat(index.grid().nearest(latitude, longitude, any -> true, limit))
                    .extracting(place -> index.table().place(place).kilometersTo(latitude, longitude))
                    .containsExactlyElementsOf(places.stream()
                            .map(place -> place.kilometersTo(latitude, longitude))
                            .sorted(Comparator.naturalOrder())
                            .limit(limit)
                            .toList());
        }
    }

    @Test
    void theSamePlacesInAnyOrderHaveTheSameBytes() {
        List<Place> places = new ArrayList<>(world(new Random(7), 300));
        byte[] once = IndexWriter.write(places);
        Collections.shuffle(places, new Random(8));
        assertThat(IndexWriter.write(places)).isEqualTo(once);
    }

    @Test
    void aDamagedFileIsRefused() {
        byte[] file = IndexWriter.write(world(new Random(7), 10));
        assertThatThrownBy(() -> PlaceIndex.read(
                        new ByteArrayInputStream("{\"places\": []}".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an index of places");
        assertThatThrownBy(() -> PlaceIndex.read(new ByteArrayInputStream(file, 0, file.length - 1)))
                .isInstanceOf(IOException.class);
    }

    /** The indexes are kept in memory as they lie in their files. */
    @Test
    void theIndexesOfTheBuildAreSmall() throws IOException {
        byte[] cities = bytes("cities.index");
        byte[] airports = bytes("airports.index");
        assertThat(cities.length + airports.length).isLessThan(MAX_HEAP_BYTES);
        assertThat(deflated(cities) + deflated(airports)).isLessThan(MAX_JAR_BYTES);
        assertThat(PlaceIndex.load("cities.index").table().count()).isGreaterThan(115_000);
        assertThat(PlaceIndex.load("airports.index").table().count()).isGreaterThan(7_500);
    }

    @Test
    void everyTimeZoneOfTheBuildIsKnownToTheJdk() {
        for (String resource : List.of("cities.index", "airports.index")) {
            PlaceTable table = PlaceIndex.load(resource).table();
            Set<String> zones = new HashSet<>();
            IntStream.range(0, table.count()).mapToObj(table::timeZone).forEach(zones::add);
            zones.removeIf(Objects::isNull);
            assertThat(zones).isSubsetOf(ZoneId.getAvailableZoneIds());
        }
    }

    private static PlaceIndex read(List<Place> places) throws IOException {
        return PlaceIndex.read(new ByteArrayInputStream(IndexWriter.write(places)));
    }

    private static List<Place> places(PlaceIndex index, IntList numbers) {
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> index.table().place(numbers.get(i)))
                .toList();
    }

    private static boolean bears(Place place, String name) {
        Set<String> names = new HashSet<>();
        NameVariants.of(place, names::add);
        return names.contains(name);
    }

    private static boolean bearsSuchAs(Place place, String prefix) {
        Set<String> names = new HashSet<>();
        NameVariants.of(place, names::add);
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(PlaceIndex.class.getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }

    private static int deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        int size = deflater.deflate(new byte[bytes.length]);
        assertThat(deflater.finished()).isTrue();
        deflater.end();
        return size;
    }

    private static List<Place> world(Random random, int size) {
        List<Country> countries = List.of(
                new Country("AT", new Names("Austria", Map.of(Language.GERMAN, "Österreich"))),
                new Country("JP", new Names("Japan", Map.of(Language.JAPANESE, "日本", Language.CHINESE, "日本"))));
        List<Region> regions = List.of(
                new Region(Names.of("Tyrol"), "7"),
                new Region(Names.of("Tyrol"), null),
                new Region(Names.of("Ōsaka"), "27"));
        return IntStream.range(0, size)
                .mapToObj(i -> new Place(
                        new Names(name(random), Map.of(Language.FRENCH, name(random), Language.RUSSIAN, name(random))),
                        random.nextBoolean() ? List.of() : List.of(name(random), name(random)),
                        countries.get(random.nextInt(2)),
                        random.nextBoolean() ? null : regions.get(random.nextInt(3)),
                        Math.round(Math.toDegrees(Math.asin(2 * random.nextDouble() - 1)) * 10_000) / 10_000.0,
                        Math.round((random.nextDouble() * 360 - 180) * 10_000) / 10_000.0,
                        random.nextBoolean() ? null : Double.valueOf(random.nextInt(6_000) - 500),
                        random.nextBoolean() ? null : random.nextBoolean() ? "Asia/Tokyo" : "Europe/Vienna",
                        random.nextBoolean() ? null : random.nextInt(40_000_000),
                        random.nextInt(),
                        random.nextBoolean() ? null : "LO" + i,
                        random.nextBoolean() ? null : "I" + i,
                        random.nextBoolean() ? "core" : "cities"))
                .toList();
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("a");
        for (int left = random.nextInt(random.nextInt(50) == 0 ? 80 : 6); left >= 0; left--) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.reverse().toString();
    }
}
