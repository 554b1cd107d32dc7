package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.EnumMap;
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

    static Names names(Bytes.Reading in) {
        String english = in.nextText();
        int translations = in.nextNumber();
        if (translations == 0) {
            return Names.of(english);
        }
        Map<Language, String> translated = new EnumMap<>(Language.class);
        for (int left = translations; left > 0; left--) {
            int languages = in.nextByte();
            String text = in.nextText();
            for (Language language : LANGUAGES) {
                if ((languages & language.bit()) != 0) {
                    translated.put(language, text);
                }
            }
        }
        return new Names(english, translated);
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
