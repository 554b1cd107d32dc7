package io.weathermesh.aggregator.places;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A run of bytes inside an index, read in place: nothing is unpacked into objects. Immutable. */
final class Bytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int from;
    private final int length;

    Bytes(byte[] bytes, int from, int length) {
        if (from < 0 || length < 0 || from + length > bytes.length) {
            throw new IllegalArgumentException(
                    "bytes " + from + " to " + (from + length) + " are outside of " + bytes.length);
        }
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    int length() {
        return length;
    }

    Bytes part(int start, int size) {
        return new Bytes(bytes, from + start, size);
    }

    int byteAt(int position) {
        return bytes[from + position] & 0xff;
    }

    int shortAt(int position) {
        return (short) SHORTS.get(bytes, from + position);
    }

    int intAt(int position) {
        return (int) INTS.get(bytes, from + position);
    }

    Reading readFrom(int position) {
        return new Reading(position);
    }

    /** A place to read on from. For one thread. */
    final class Reading {
        private int at;

        private Reading(int position) {
            this.at = from + position;
        }

        int nextByte() {
            return bytes[at++] & 0xff;
        }

        /** A number of seven bits a byte, the lowest first; the top bit says that more follow. */
        int nextNumber() {
            int b = bytes[at++];
            if (b >= 0) {
                return b;
            }
            int number = b & 0x7f;
            for (int shift = 7; ; shift += 7) {
                b = bytes[at++];
                number |= (b & 0x7f) << shift;
                if (b >= 0) {
                    return number;
                }
            }
        }

        String nextText() {
            int size = nextNumber();
            String text = new String(bytes, at, size, StandardCharsets.UTF_8);
            at += size;
            return text;
        }
    }
}
