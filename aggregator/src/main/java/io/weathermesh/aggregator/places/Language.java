package io.weathermesh.aggregator.places;

import java.util.Locale;

/** The languages of the names of places. */
public enum Language {
    ENGLISH("en", 0x01),
    GERMAN("de", 0x02),
    SPANISH("es", 0x04),
    FRENCH("fr", 0x08),
    JAPANESE("ja", 0x10),
    PORTUGUESE("pt-BR", 0x20),
    RUSSIAN("ru", 0x40),
    CHINESE("zh-CN", 0x80);

    private final String tag;
    private final int bit;

    Language(String tag, int bit) {
        this.tag = tag;
        this.bit = bit;
    }

    /** The BCP 47 tag of the names: Portuguese of Brazil, Chinese in simplified characters. */
    public String tag() {
        return tag;
    }

    /** One bit of a byte. */
    public int bit() {
        return bit;
    }

    /** The language nearest to a BCP 47 tag: German for {@code de-AT}, English for any language that is not here. */
    public static Language of(String tag) {
        String primary = tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
        for (Language language : values()) {
            if (language.tag.split("-", 2)[0].equals(primary)) {
                return language;
            }
        }
        return ENGLISH;
    }
}
