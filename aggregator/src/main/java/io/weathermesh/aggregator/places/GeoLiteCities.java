package io.weathermesh.aggregator.places;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cities that GeoLite2 places Internet addresses in. It is a database of address blocks: a city is met once a block,
 * with a position, a region and a time zone that differ a little from block to block. Used by the build alone.
 */
final class GeoLiteCities {
    static final String GAZETTEER = "cities";

    private static final String RESOURCE = "/GeoLite2-City.mmdb";

    /** Blocks share what they say; all of it fits, so nothing is decoded twice. */
    private static final int CACHED_VALUES = 1 << 19;

    private GeoLiteCities() {}

    static Collection<Place> read() throws IOException {
        try (InputStream in = GeoLiteCities.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the class path has no " + RESOURCE);
            }
            return read(new Reader(in, new CHMCache(CACHED_VALUES)));
        }
    }

    private static Collection<Place> read(Reader database) throws IOException {
        Map<Long, GeoLiteCity> cities = new TreeMap<>();
        try (database) {
            Networks<Object> blocks = database.networks(Object.class);
            while (blocks.hasNext()) {
                DatabaseRecord<Object> block = blocks.next();
                Object city = in(block.getData(), "city");
                if (in(city, "geoname_id") instanceof Number id
                        && in(block.getData(), "country", "iso_code") != null
                        && in(block.getData(), "location", "latitude") != null) {
                    cities.computeIfAbsent(id.longValue(), any -> new GeoLiteCity())
                            .add(block.getData(), addresses(block));
                }
            }
        } catch (InvalidNetworkException e) {
            throw new IOException(RESOURCE + " is damaged", e);
        }
        return cities.values().stream().map(GeoLiteCity::toPlace).toList();
    }

    /** Only the old addresses are counted: a block of the new ones says nothing of how many are in use. */
    private static long addresses(DatabaseRecord<?> block) {
        return block.getNetwork().getNetworkAddress() instanceof Inet4Address
                ? 1L << (Integer.SIZE - block.getNetwork().getPrefixLength())
                : 0;
    }

    /** What stands in a tree of maps and lists under a path; null if nothing does. */
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
