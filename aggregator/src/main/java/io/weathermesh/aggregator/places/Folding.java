package io.weathermesh.aggregator.places;

import java.text.Normalizer;
import java.util.Locale;

/** Folds a name to a form without accents, case and punctuation, and with single blanks, so that spellings compare equal. */
public final class Folding {
    private static final int MARKS = (1 << Character.NON_SPACING_MARK)
            | (1 << Character.COMBINING_SPACING_MARK)
            | (1 << Character.ENCLOSING_MARK);

    private Folding() {}

    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        withoutMarks(text).toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            // Letters that Unicode does not decompose, as people without them on the keyboard write them.
            switch (c) {
                case 'ß' -> folded.append("ss");
                case 'ø' -> folded.append('o');
                case 'ł' -> folded.append('l');
                case 'đ', 'ð' -> folded.append('d');
                case 'þ' -> folded.append("th");
                case 'æ' -> folded.append("ae");
                case 'œ' -> folded.append("oe");
                case 'ı' -> folded.append('i');
                case 'ə' -> folded.append('a');
                case '\'', '’', '‘', 'ʻ', 'ʼ', '`' -> {}
                default -> append(c, folded);
            }
        });
        int end = folded.length();
        return end > 0 && folded.charAt(end - 1) == ' ' ? folded.substring(0, end - 1) : folded.toString();
    }

    private static void append(int c, StringBuilder folded) {
        if (Character.isLetter(c) || isNumber(c)) {
            folded.appendCodePoint(c);
        } else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
            folded.append(' ');
        }
    }

    private static String withoutMarks(String text) {
        if (isAscii(text)) {
            return text;
        }
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder bare = new StringBuilder(apart.length());
        apart.codePoints().filter(c -> !isMark(c)).forEach(bare::appendCodePoint);
        return bare.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMark(int c) {
        return ((MARKS >> Character.getType(c)) & 1) != 0;
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
