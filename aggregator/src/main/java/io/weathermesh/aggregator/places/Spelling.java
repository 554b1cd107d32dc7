package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Known words that a misspelled one may have meant. */
final class Spelling {
    private static final int MAX_MISTAKES = 2;

    /** Longer text is no slip of the finger; comparing it would cost more than it finds. */
    private static final int MAX_LENGTH = 40;

    private static final int MAX_SUGGESTIONS = 10;

    private final List<String> words;

    Spelling(List<String> words) {
        this.words = List.copyOf(words);
    }

    private record Near(String word, int mistakes) {}

    /** Words that one or two mistakes away are the given one, nearest first. One mistake in words of up to four letters. */
    List<String> near(String typed) {
        if (typed.isEmpty() || typed.length() > MAX_LENGTH) {
            return List.of();
        }
        int allowed = typed.length() <= 4 ? 1 : MAX_MISTAKES;
        List<Near> near = new ArrayList<>();
        for (String word : words) {
            if (Math.abs(word.length() - typed.length()) <= allowed) {
                int mistakes = mistakes(typed, word, allowed);
                if (mistakes <= allowed) {
                    near.add(new Near(word, mistakes));
                }
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::mistakes).thenComparing(Near::word))
                .limit(MAX_SUGGESTIONS)
                .map(Near::word)
                .toList();
    }

    /** Letters left out, added, exchanged or swapped (optimal string alignment); more than allowed is as good as many. */
    private static int mistakes(String one, String other, int allowed) {
        int[] twoBack = new int[other.length() + 1];
        int[] back = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            int best = i;
            for (int j = 1; j <= other.length(); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], back[j]) + 1, back[j - 1] + cost);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
                best = Math.min(best, row[j]);
            }
            if (best > allowed) {
                return allowed + 1;
            }
            int[] spare = twoBack;
            twoBack = back;
            back = row;
            row = spare;
        }
        return back[other.length()];
    }
}
