package io.weathermesh.aggregator.places;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A list of places as the build has laid it out: read with one read, and looked up where it lies.
 *
 * @param table the places by number
 * @param grid the places by where they are
 * @param names by folded name
 * @param codes by folded ICAO or IATA code
 * @param regionNames numbers of regions by folded name or code
 * @param countryNames numbers of countries by folded name or code
 */
record PlaceIndex(
        PlaceTable table,
        PlaceGrid grid,
        NameTable names,
        NameTable codes,
        NameTable regionNames,
        NameTable countryNames) {

    /** An index that the build has put into the jar. */
    static PlaceIndex load(String resource) {
        try (InputStream in = PlaceIndex.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + resource + ": the build makes it");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    static PlaceIndex read(InputStream file) throws IOException {
        Map<Parts, Bytes> parts = Parts.read(file);
        PlaceTable table = new PlaceTable(
                part(parts, Parts.PLACES),
                part(parts, Parts.TEXTS),
                all(part(parts, Parts.COUNTRIES), in -> new Country(in.nextText(), Texts.names(in))),
                all(part(parts, Parts.REGIONS), PlaceIndex::region),
                all(part(parts, Parts.ZONES), Bytes.Reading::nextText),
                all(part(parts, Parts.LISTS), Bytes.Reading::nextText));
        return new PlaceIndex(
                table,
                new PlaceGrid(part(parts, Parts.GRID), table),
                new NameTable(part(parts, Parts.NAMES)),
                new NameTable(part(parts, Parts.CODES)),
                new NameTable(part(parts, Parts.REGION_NAMES)),
                new NameTable(part(parts, Parts.COUNTRY_NAMES)));
    }

    private static Bytes part(Map<Parts, Bytes> parts, Parts part) {
        return Objects.requireNonNull(parts.get(part));
    }

    private static Region region(Bytes.Reading in) {
        String code = in.nextText();
        return new Region(Texts.names(in), code.isEmpty() ? null : code);
    }

    private static <T> List<T> all(Bytes part, Function<Bytes.Reading, T> one) {
        Bytes.Reading in = part.readFrom(0);
        int size = in.nextNumber();
        List<T> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(one.apply(in));
        }
        return List.copyOf(all);
    }
}
