package io.weathermesh.aggregator.places;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what {@link Bytes} reads. */
final class ByteSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    ByteSink aByte(int value) {
        out.write(value);
        return this;
    }

    ByteSink aShort(int value) {
        return aByte(value >> 8).aByte(value);
    }

    ByteSink anInt(int value) {
        return aShort(value >> 16).aShort(value);
    }

    ByteSink number(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            aByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return aByte(rest);
    }

    ByteSink text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        return bytes(utf8);
    }

    ByteSink bytes(byte[] some) {
        out.writeBytes(some);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
