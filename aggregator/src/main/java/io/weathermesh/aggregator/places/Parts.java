package io.weathermesh.aggregator.places;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;

/** The parts of an index in the order in which they stand in its file. */
enum Parts {
    NAMES,
    CODES,
    REGION_NAMES,
    COUNTRY_NAMES,
    PLACES,
    TEXTS,
    REGIONS,
    COUNTRIES,
    ZONES,
    LISTS,
    GRID;

    /** Changes with the layout, so that no reader takes another layout's file for its own. */
    private static final int MAGIC = 0x574d5031;

    /** No list of places is as large; a damaged file must not fill the heap. */
    private static final int MAX_BYTES = 64 << 20;

    static byte[] write(Map<Parts, byte[]> parts) {
        ByteSink file = new ByteSink().anInt(MAGIC);
        for (Parts part : values()) {
            file.anInt(body(parts, part).length);
        }
        for (Parts part : values()) {
            file.bytes(body(parts, part));
        }
        return file.toByteArray();
    }

    private static byte[] body(Map<Parts, byte[]> parts, Parts part) {
        byte[] body = parts.get(part);
        if (body == null) {
            throw new IllegalArgumentException("there is no part " + part);
        }
        return body;
    }

    /** Reads all parts into one array, and nothing twice. */
    static Map<Parts, Bytes> read(InputStream file) throws IOException {
        DataInputStream in = new DataInputStream(file);
        if (in.readInt() != MAGIC) {
            throw new IOException("this is no index of places, or one of another version");
        }
        Map<Parts, Integer> sizes = new EnumMap<>(Parts.class);
        long total = 0;
        for (Parts part : values()) {
            int size = in.readInt();
            sizes.put(part, size);
            total += Integer.toUnsignedLong(size);
        }
        if (total > MAX_BYTES) {
            throw new IOException("the index says that it has " + total + " bytes");
        }
        byte[] all = new byte[(int) total];
        in.readFully(all);
        Map<Parts, Bytes> parts = new EnumMap<>(Parts.class);
        int start = 0;
        for (Map.Entry<Parts, Integer> size : sizes.entrySet()) {
            parts.put(size.getKey(), new Bytes(all, start, size.getValue()));
            start += size.getValue();
        }
        return parts;
    }
}
