package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Country;
import io.weathermesh.aggregator.places.Folding;
import io.weathermesh.aggregator.places.IndexLayout;
import io.weathermesh.aggregator.places.IndexLayout.Section;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.Region;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes an index of places, as {@code PlaceIndex} reads it. The same places in any order have the same bytes. */
public final class IndexWriter {
    private static final Comparator<Place> ORDER = Comparator.comparingInt(
                    (Place place) -> IndexLayout.cell(place.latitude(), place.longitude()))
            .thenComparing(Comparator.comparingInt(Place::prominence).reversed())
            .thenComparing(Place::toString);

    private final List<Place> places;
    private final Map<String, Integer> countries = new LinkedHashMap<>();
    private final Map<RegionOf, Integer> regions = new LinkedHashMap<>();
    private final Map<String, Integer> zones = new LinkedHashMap<>();
    private final Map<String, Integer> lists = new LinkedHashMap<>();

    /** Regions with the same name in two countries are different. */
    private record RegionOf(String countryCode, Region region) {}

    private IndexWriter(Collection<Place> places) {
        this.places = places.stream().sorted(ORDER).toList();
    }

    public static byte[] write(Collection<Place> places) {
        return new IndexWriter(places).write();
    }

    private byte[] write() {
        Map<Section, byte[]> sections = new EnumMap<>(Section.class);
        Map<String, Country> known = new TreeMap<>();
        places.forEach(place -> known.put(place.countryCode(), place.country()));
        known.keySet().forEach(code -> number(countries, code));
        ByteWriter texts = new ByteWriter();
        sections.put(Section.PLACES, columns(texts));
        sections.put(Section.TEXTS, texts.toByteArray());
        sections.put(Section.NAMES, dictionary(places, NameVariants::of));
        sections.put(Section.CODES, dictionary(places, IndexWriter::codes));
        List<RegionOf> regionList = List.copyOf(regions.keySet());
        sections.put(Section.REGIONS, all(regionList, (of, out) -> {
            out.writeText(of.region().code() == null ? "" : of.region().code());
            out.writeNames(of.region().names());
        }));
        sections.put(Section.REGION_NAMES, dictionary(regionList, (of, name) -> {
            NameVariants.of(of.region().names(), name);
            name.accept(
                    Folding.fold(of.region().code() == null ? "" : of.region().code()));
        }));
        List<Country> countryList = List.copyOf(known.values());
        sections.put(Section.COUNTRIES, all(countryList, (country, out) -> {
            out.writeText(country.code());
            out.writeNames(country.names());
        }));
        sections.put(Section.COUNTRY_NAMES, dictionary(countryList, (country, name) -> {
            NameVariants.of(country.names(), name);
            name.accept(Folding.fold(country.code()));
        }));
        sections.put(Section.ZONES, all(zones.keySet(), (zone, out) -> out.writeText(zone)));
        sections.put(Section.LISTS, all(lists.keySet(), (list, out) -> out.writeText(list)));
        sections.put(Section.GRID, grid());
        return file(sections);
    }

    /** The magic number, the size of each section, the sections. */
    private static byte[] file(Map<Section, byte[]> sections) {
        ByteWriter file = new ByteWriter().writeInt(IndexLayout.MAGIC);
        for (Section section : Section.values()) {
            file.writeInt(Objects.requireNonNull(sections.get(section)).length);
        }
        for (Section section : Section.values()) {
            file.writeBytes(Objects.requireNonNull(sections.get(section)));
        }
        return file.toByteArray();
    }

    private byte[] columns(ByteWriter texts) {
        ByteWriter latitudes = new ByteWriter();
        ByteWriter longitudes = new ByteWriter();
        ByteWriter prominences = new ByteWriter();
        ByteWriter populations = new ByteWriter();
        ByteWriter positions = new ByteWriter();
        ByteWriter elevations = new ByteWriter();
        ByteWriter regionColumn = new ByteWriter();
        ByteWriter zoneColumn = new ByteWriter();
        ByteWriter countryColumn = new ByteWriter();
        ByteWriter listColumn = new ByteWriter();
        for (Place place : places) {
            latitudes.writeInt(units(place.latitude()));
            longitudes.writeInt(units(place.longitude()));
            prominences.writeInt(place.prominence());
            populations.writeInt(place.population() == null ? IndexLayout.NONE : place.population());
            positions.writeInt(texts.size());
            Double elevation = place.elevationMeters();
            elevations.writeShort(elevation == null ? IndexLayout.NO_ELEVATION : (int) Math.round(elevation));
            regionColumn.writeShort(
                    place.region() == null
                            ? IndexLayout.NONE
                            : number(regions, new RegionOf(place.countryCode(), place.region())));
            zoneColumn.writeShort(place.timeZone() == null ? IndexLayout.NONE : number(zones, place.timeZone()));
            countryColumn.writeByte(number(countries, place.countryCode()));
            listColumn.writeByte(number(lists, place.gazetteer()));
            texts.writeNames(place.names());
            texts.writeTexts(place.otherNames());
            texts.writeText(place.icaoCode() == null ? "" : place.icaoCode());
            texts.writeText(place.iataCode() == null ? "" : place.iataCode());
        }
        ByteWriter all = new ByteWriter().writeInt(places.size());
        for (ByteWriter column : List.of(
                latitudes,
                longitudes,
                prominences,
                populations,
                positions,
                elevations,
                regionColumn,
                zoneColumn,
                countryColumn,
                listColumn)) {
            all.writeBytes(column.toByteArray());
        }
        return all.toByteArray();
    }

    private byte[] grid() {
        ByteWriter starts = new ByteWriter();
        int place = 0;
        for (int cell = 0; cell <= IndexLayout.GRID_ROWS * IndexLayout.GRID_COLUMNS; cell++) {
            while (place < places.size()
                    && IndexLayout.cell(
                                    places.get(place).latitude(),
                                    places.get(place).longitude())
                            < cell) {
                place++;
            }
            starts.writeInt(place);
        }
        return starts.toByteArray();
    }

    private static void codes(Place place, Consumer<String> name) {
        name.accept(Folding.fold(place.icaoCode() == null ? "" : place.icaoCode()));
        name.accept(Folding.fold(place.iataCode() == null ? "" : place.iataCode()));
    }

    private static <T> byte[] dictionary(List<T> things, BiConsumer<T, Consumer<String>> names) {
        NameTableWriter table = new NameTableWriter();
        for (int i = 0; i < things.size(); i++) {
            int number = i;
            names.accept(things.get(i), folded -> table.add(folded, number));
        }
        return table.toByteArray();
    }

    private static <T> byte[] all(Collection<T> things, BiConsumer<T, ByteWriter> write) {
        ByteWriter out = new ByteWriter().writeNumber(things.size());
        things.forEach(thing -> write.accept(thing, out));
        return out.toByteArray();
    }

    private static <T> int number(Map<T, Integer> numbers, T thing) {
        return numbers.computeIfAbsent(thing, any -> numbers.size());
    }

    private static int units(double degrees) {
        return (int) Math.round(degrees * IndexLayout.UNITS_PER_DEGREE);
    }
}
