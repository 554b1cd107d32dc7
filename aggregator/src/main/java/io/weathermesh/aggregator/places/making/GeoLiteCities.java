package io.weathermesh.aggregator.places.making;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import io.weathermesh.aggregator.places.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cities of GeoLite2, a database of blocks of Internet addresses: every block of a city has a position, a region and a
 * time zone, which differ a little from block to block.
 */
final class GeoLiteCities {
    private static final String RESOURCE = "/GeoLite2-City.mmdb";

    /** Blocks share values; all of them fit, so none is decoded twice. */
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
                Object city = GeoLiteCity.in(block.getData(), "city");
                if (GeoLiteCity.in(city, "geoname_id") instanceof Number id
                        && GeoLiteCity.in(block.getData(), "country", "iso_code") != null
                        && GeoLiteCity.in(block.getData(), "location", "latitude") != null) {
                    cities.computeIfAbsent(id.longValue(), any -> new GeoLiteCity())
                            .add(block.getData(), addresses(block));
                }
            }
        } catch (InvalidNetworkException e) {
            throw new IOException(RESOURCE + " is damaged", e);
        }
        return cities.values().stream().map(GeoLiteCity::toPlace).toList();
    }

    /** Of IPv4 only: the size of an IPv6 block is unrelated to the addresses in use. */
    private static long addresses(DatabaseRecord<?> block) {
        return block.getNetwork().getNetworkAddress() instanceof Inet4Address
                ? 1L << (Integer.SIZE - block.getNetwork().getPrefixLength())
                : 0;
    }
}
