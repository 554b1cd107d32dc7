package io.weathermesh.aggregator.places;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A part of an index, read in place. Immutable. */
final class Bytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final Language[] LANGUAGES = Language.values();

    private final byte[] bytes;
    private final int from;
    private final int length;

    Bytes(byte[] bytes, int from, int length) {
        if (from < 0 || length < 0 || from + length > bytes.length) {
            throw new IllegalArgumentException("the range is " + from + " to " + (from + length)
                    + ", but must be within " + bytes.length + " bytes");
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

    Cursor cursorAt(int position) {
        return new Cursor(position);
    }

    /** A position from which values are read one after the other. For one thread. */
    final class Cursor {
        private int at;

        private Cursor(int position) {
            this.at = from + position;
        }

        int nextByte() {
            return bytes[at++] & 0xff;
        }

        /** A number in groups of seven bits, the lowest first; the top bit of a byte means that another follows. */
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

        List<String> nextTexts() {
            int size = nextNumber();
            if (size == 0) {
                return List.of();
            }
            List<String> texts = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                texts.add(nextText());
            }
            return texts;
        }

        /** The English name, then each other name with the set of its languages. */
        @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a type with parameters.
        Names nextNames() {
            String english = nextText();
            int texts = nextNumber();
            if (texts == 0) {
                return Names.of(english);
            }
            List<Map.Entry<Language, String>> translated = new ArrayList<>(LANGUAGES.length);
            for (int left = texts; left > 0; left--) {
                int languages = nextByte();
                String text = nextText();
                for (Language language : LANGUAGES) {
                    if ((languages & language.bit()) != 0) {
                        translated.add(Map.entry(language, text));
                    }
                }
            }
            return new Names(english, Map.ofEntries(translated.toArray(new Map.Entry[0])));
        }
    }
}
