package io.weathermesh.aggregator.places;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places of an index by number, column after column: only the places of a response become a {@link Place}. Immutable.
 *
 * <p>Layout: the count of places, then latitudes, longitudes, prominences, populations and positions of texts of four bytes
 * each, elevations, regions and time zones of two, countries and gazetteers of one.
 */
final class PlaceTable {
    private final int count;
    private final Bytes columns;
    private final Bytes texts;
    private final List<Country> countries;
    private final List<Region> regions;
    private final List<String> zones;
    private final List<String> lists;

    PlaceTable(
            Bytes places,
            Bytes texts,
            List<Country> countries,
            List<Region> regions,
            List<String> zones,
            List<String> lists) {
        this.count = places.intAt(0);
        this.columns = places.part(4, places.length() - 4);
        this.texts = texts;
        this.countries = countries;
        this.regions = regions;
        this.zones = zones;
        this.lists = lists;
    }

    int count() {
        return count;
    }

    double latitude(int place) {
        return columns.intAt(4 * place) / IndexLayout.UNITS_PER_DEGREE;
    }

    double longitude(int place) {
        return columns.intAt(4 * (count + place)) / IndexLayout.UNITS_PER_DEGREE;
    }

    int prominence(int place) {
        return columns.intAt(4 * (2 * count + place));
    }

    int country(int place) {
        return columns.byteAt(26 * count + place);
    }

    String countryCode(int place) {
        return countries.get(country(place)).code();
    }

    /** The number of the region, or {@link IndexLayout#NONE}. */
    int region(int place) {
        return columns.shortAt(20 * count + 2 * (count + place));
    }

    @Nullable
    String timeZone(int place) {
        int zone = columns.shortAt(20 * count + 2 * (2 * count + place));
        return zone == IndexLayout.NONE ? null : zones.get(zone);
    }

    Place place(int place) {
        int population = columns.intAt(4 * (3 * count + place));
        int elevation = columns.shortAt(20 * count + 2 * place);
        int region = region(place);
        Bytes.Cursor text = texts.cursorAt(columns.intAt(4 * (4 * count + place)));
        return new Place(
                text.nextNames(),
                text.nextTexts(),
                countries.get(country(place)),
                region == IndexLayout.NONE ? null : regions.get(region),
                latitude(place),
                longitude(place),
                elevation == IndexLayout.NO_ELEVATION ? null : Double.valueOf(elevation),
                timeZone(place),
                population == IndexLayout.NONE ? null : Integer.valueOf(population),
                prominence(place),
                presentOrNull(text.nextText()),
                presentOrNull(text.nextText()),
                lists.get(columns.byteAt(27 * count + place)));
    }

    private static @Nullable String presentOrNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
