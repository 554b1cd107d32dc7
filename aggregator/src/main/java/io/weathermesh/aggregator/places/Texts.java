package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How names are laid out: English, then each other name with the set of the languages that have it. */
final class Texts {
    private static final Language[] LANGUAGES = Language.values();

    private Texts() {}

    static void write(Names names, ByteSink out) {
        Map<String, Integer> translations = new LinkedHashMap<>();
        for (Language language : LANGUAGES) {
            String translated = names.translated().get(language);
            if (translated != null) {
                translations.merge(translated, language.bit(), (one, other) -> one | other);
            }
        }
        out.text(names.english()).number(translations.size());
        translations.forEach((text, languages) -> out.aByte(languages).text(text));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a type with parameters.
    static Names names(Bytes.Reading in) {
        String english = in.nextText();
        int texts = in.nextNumber();
        if (texts == 0) {
            return Names.of(english);
        }
        List<Map.Entry<Language, String>> translated = new ArrayList<>(LANGUAGES.length);
        for (int left = texts; left > 0; left--) {
            int languages = in.nextByte();
            String text = in.nextText();
            for (Language language : LANGUAGES) {
                if ((languages & language.bit()) != 0) {
                    translated.add(Map.entry(language, text));
                }
            }
        }
        return new Names(english, Map.ofEntries(translated.toArray(new Map.Entry[0])));
    }

    static void write(List<String> texts, ByteSink out) {
        out.number(texts.size());
        texts.forEach(out::text);
    }

    static List<String> list(Bytes.Reading in) {
        int size = in.nextNumber();
        if (size == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.nextText());
        }
        return texts;
    }
}
