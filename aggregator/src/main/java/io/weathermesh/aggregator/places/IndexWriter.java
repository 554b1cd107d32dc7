package io.weathermesh.aggregator.places;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Lays out places as {@link PlaceIndex} reads them. The same places make the same bytes, in whichever order they come. */
final class IndexWriter {
    private static final Comparator<Place> ORDER = Comparator.comparingInt(
                    (Place place) -> PlaceGrid.cell(place.latitude(), place.longitude()))
            .thenComparing(Comparator.comparingInt(Place::prominence).reversed())
            .thenComparing(Place::toString);

    private final List<Place> places;
    private final Map<String, Integer> countries = new LinkedHashMap<>();
    private final Map<RegionOf, Integer> regions = new LinkedHashMap<>();
    private final Map<String, Integer> zones = new LinkedHashMap<>();
    private final Map<String, Integer> lists = new LinkedHashMap<>();

    /** Regions of one name in two countries are two. */
    private record RegionOf(String countryCode, Region region) {}

    private IndexWriter(Collection<Place> places) {
        this.places = places.stream().sorted(ORDER).toList();
    }

    static byte[] write(Collection<Place> places) {
        return new IndexWriter(places).write();
    }

    private byte[] write() {
        Map<Parts, byte[]> parts = new EnumMap<>(Parts.class);
        Map<String, Country> known = new TreeMap<>();
        places.forEach(place -> known.put(place.countryCode(), place.country()));
        known.keySet().forEach(code -> number(countries, code));
        ByteSink texts = new ByteSink();
        parts.put(Parts.PLACES, columns(texts));
        parts.put(Parts.TEXTS, texts.toByteArray());
        parts.put(Parts.NAMES, dictionary(places, NameVariants::of));
        parts.put(Parts.CODES, dictionary(places, IndexWriter::codes));
        List<RegionOf> regionList = List.copyOf(regions.keySet());
        parts.put(Parts.REGIONS, all(regionList, (of, out) -> {
            out.text(of.region().code() == null ? "" : of.region().code());
            Texts.write(of.region().names(), out);
        }));
        parts.put(Parts.REGION_NAMES, dictionary(regionList, (of, name) -> {
            NameVariants.of(of.region().names(), name);
            name.accept(
                    Folding.fold(of.region().code() == null ? "" : of.region().code()));
        }));
        List<Country> countryList = List.copyOf(known.values());
        parts.put(Parts.COUNTRIES, all(countryList, (country, out) -> {
            out.text(country.code());
            Texts.write(country.names(), out);
        }));
        parts.put(Parts.COUNTRY_NAMES, dictionary(countryList, (country, name) -> {
            NameVariants.of(country.names(), name);
            name.accept(Folding.fold(country.code()));
        }));
        parts.put(Parts.ZONES, all(zones.keySet(), (zone, out) -> out.text(zone)));
        parts.put(Parts.LISTS, all(lists.keySet(), (list, out) -> out.text(list)));
        parts.put(Parts.GRID, grid());
        return Parts.write(parts);
    }

    private byte[] columns(ByteSink texts) {
        ByteSink latitudes = new ByteSink();
        ByteSink longitudes = new ByteSink();
        ByteSink prominences = new ByteSink();
        ByteSink populations = new ByteSink();
        ByteSink positions = new ByteSink();
        ByteSink elevations = new ByteSink();
        ByteSink regionColumn = new ByteSink();
        ByteSink zoneColumn = new ByteSink();
        ByteSink countryColumn = new ByteSink();
        ByteSink listColumn = new ByteSink();
        for (Place place : places) {
            latitudes.anInt(units(place.latitude()));
            longitudes.anInt(units(place.longitude()));
            prominences.anInt(place.prominence());
            populations.anInt(place.population() == null ? PlaceTable.NONE : place.population());
            positions.anInt(texts.size());
            Double elevation = place.elevationMeters();
            elevations.aShort(elevation == null ? PlaceTable.NO_ELEVATION : (int) Math.round(elevation));
            regionColumn.aShort(
                    place.region() == null
                            ? PlaceTable.NONE
                            : number(regions, new RegionOf(place.countryCode(), place.region())));
            zoneColumn.aShort(place.timeZone() == null ? PlaceTable.NONE : number(zones, place.timeZone()));
            countryColumn.aByte(number(countries, place.countryCode()));
            listColumn.aByte(number(lists, place.gazetteer()));
            Texts.write(place.names(), texts);
            Texts.write(place.otherNames(), texts);
            texts.text(place.icaoCode() == null ? "" : place.icaoCode());
            texts.text(place.iataCode() == null ? "" : place.iataCode());
        }
        ByteSink all = new ByteSink().anInt(places.size());
        for (ByteSink column : List.of(
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
            all.bytes(column.toByteArray());
        }
        return all.toByteArray();
    }

    private byte[] grid() {
        ByteSink starts = new ByteSink();
        int place = 0;
        for (int cell = 0; cell <= PlaceGrid.ROWS * PlaceGrid.COLUMNS; cell++) {
            while (place < places.size()
                    && PlaceGrid.cell(
                                    places.get(place).latitude(),
                                    places.get(place).longitude())
                            < cell) {
                place++;
            }
            starts.anInt(place);
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

    private static <T> byte[] all(Collection<T> things, BiConsumer<T, ByteSink> write) {
        ByteSink out = new ByteSink().number(things.size());
        things.forEach(thing -> write.accept(thing, out));
        return out.toByteArray();
    }

    private static <T> int number(Map<T, Integer> numbers, T thing) {
        return numbers.computeIfAbsent(thing, any -> numbers.size());
    }

    private static int units(double degrees) {
        return (int) Math.round(degrees * PlaceTable.UNITS_PER_DEGREE);
    }
}
