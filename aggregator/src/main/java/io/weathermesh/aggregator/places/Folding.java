package io.weathermesh.aggregator.places;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What stays the same in a name however people type it: no accents, no case, no punctuation, single blanks. */
final class Folding {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOISE = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Folding() {}

    static String fold(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        StringBuilder letters = new StringBuilder(bare.length());
        bare.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            // Letters that Unicode does not take apart, as people without them on the keyboard write them.
            switch (c) {
                case 'ß' -> letters.append("ss");
                case 'ø' -> letters.append('o');
                case 'ł' -> letters.append('l');
                case 'đ', 'ð' -> letters.append('d');
                case 'þ' -> letters.append("th");
                case 'æ' -> letters.append("ae");
                case 'œ' -> letters.append("oe");
                case 'ı' -> letters.append('i');
                case 'ə' -> letters.append('a');
                case '\'', '’', '‘', 'ʻ', 'ʼ', '`' -> {}
                default -> letters.appendCodePoint(c);
            }
        });
        return NOISE.matcher(letters).replaceAll(" ").strip();
    }
}
