package io.weathermesh.aggregator.places;

import io.weathermesh.aggregator.places.IndexLayout.Section;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A list of places in the layout that the build writes: loaded by one read, and searched in place.
 *
 * @param table the places by number
 * @param grid the places by coordinates
 * @param names the numbers of places by folded name
 * @param codes the numbers of airports by folded ICAO or IATA code
 * @param regionNames the numbers of regions by folded name or code
 * @param countryNames the numbers of countries by folded name or code
 */
record PlaceIndex(
        PlaceTable table,
        PlaceGrid grid,
        NameTable names,
        NameTable codes,
        NameTable regionNames,
        NameTable countryNames) {
    /** No list of places is as large: a damaged file must not fill the heap. */
    private static final int MAX_BYTES = 64 << 20;

    /** Loads an index that the build has made. */
    static PlaceIndex load(String resource) {
        try (InputStream in = PlaceIndex.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the class path has no " + resource + ": run 'mvn -pl aggregator -am process-classes' once");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    static PlaceIndex read(InputStream file) throws IOException {
        Map<Section, Bytes> sections = sections(new DataInputStream(file));
        PlaceTable table = new PlaceTable(
                section(sections, Section.PLACES),
                section(sections, Section.TEXTS),
                all(section(sections, Section.COUNTRIES), in -> new Country(in.nextText(), in.nextNames())),
                all(section(sections, Section.REGIONS), PlaceIndex::region),
                all(section(sections, Section.ZONES), Bytes.Cursor::nextText),
                all(section(sections, Section.LISTS), Bytes.Cursor::nextText));
        return new PlaceIndex(
                table,
                new PlaceGrid(section(sections, Section.GRID), table),
                new NameTable(section(sections, Section.NAMES)),
                new NameTable(section(sections, Section.CODES)),
                new NameTable(section(sections, Section.REGION_NAMES)),
                new NameTable(section(sections, Section.COUNTRY_NAMES)));
    }

    /** All sections in one array: the magic number, the size of each section, the sections. */
    private static Map<Section, Bytes> sections(DataInputStream in) throws IOException {
        if (in.readInt() != IndexLayout.MAGIC) {
            throw new IOException("the file is not an index of places, or has another layout");
        }
        Map<Section, Integer> sizes = new EnumMap<>(Section.class);
        long total = 0;
        for (Section section : Section.values()) {
            int size = in.readInt();
            sizes.put(section, size);
            total += Integer.toUnsignedLong(size);
        }
        if (total > MAX_BYTES) {
            throw new IOException("the index has " + total + " bytes, but must have at most " + MAX_BYTES);
        }
        byte[] all = new byte[(int) total];
        in.readFully(all);
        Map<Section, Bytes> sections = new EnumMap<>(Section.class);
        int start = 0;
        for (Map.Entry<Section, Integer> size : sizes.entrySet()) {
            sections.put(size.getKey(), new Bytes(all, start, size.getValue()));
            start += size.getValue();
        }
        return sections;
    }

    private static Bytes section(Map<Section, Bytes> sections, Section section) {
        return Objects.requireNonNull(sections.get(section));
    }

    private static Region region(Bytes.Cursor in) {
        String code = in.nextText();
        return new Region(in.nextNames(), code.isEmpty() ? null : code);
    }

    private static <T> List<T> all(Bytes section, Function<Bytes.Cursor, T> one) {
        Bytes.Cursor in = section.cursorAt(0);
        int size = in.nextNumber();
        List<T> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(one.apply(in));
        }
        return List.copyOf(all);
    }
}
