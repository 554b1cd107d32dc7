package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Names;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the values of an index. */
final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    ByteWriter writeByte(int value) {
        out.write(value);
        return this;
    }

    ByteWriter writeShort(int value) {
        return writeByte(value >> 8).writeByte(value);
    }

    ByteWriter writeInt(int value) {
        return writeShort(value >> 16).writeShort(value);
    }

    /** In groups of seven bits, the lowest first; the top bit of a byte means that another follows. */
    ByteWriter writeNumber(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return writeByte(rest);
    }

    ByteWriter writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeNumber(utf8.length);
        return writeBytes(utf8);
    }

    ByteWriter writeTexts(List<String> texts) {
        writeNumber(texts.size());
        texts.forEach(this::writeText);
        return this;
    }

    /** The English name, then each other name with the set of its languages. */
    ByteWriter writeNames(Names names) {
        Map<String, Integer> languagesOf = new LinkedHashMap<>();
        for (Language language : Language.values()) {
            String translated = names.translated().get(language);
            if (translated != null) {
                languagesOf.merge(translated, language.bit(), (one, other) -> one | other);
            }
        }
        writeText(names.english()).writeNumber(languagesOf.size());
        languagesOf.forEach((text, languages) -> writeByte(languages).writeText(text));
        return this;
    }

    ByteWriter writeBytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
