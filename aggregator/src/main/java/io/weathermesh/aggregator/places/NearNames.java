package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Names that a misspelled one may have meant. Up to two mistakes are forgiven where the first letter is right, one where it
 * is not: so the work is bounded by the names of one first letter and a few dozen look-ups. Immutable.
 */
final class NearNames {
    private static final int MAX_MISTAKES = 2;

    /** Two mistakes in so few letters make another word of it. */
    private static final int SHORT = 4;

    /** Longer text is no slip of the finger; comparing it would cost more than it finds. */
    private static final int MAX_LENGTH = 40;

    private static final String ALPHABETS = "abcdefghijklmnopqrstuvwxyzабвгдежзиклмнопрстуфхцчшщыэюя";

    private final NameTable names;

    NearNames(NameTable names) {
        this.names = names;
    }

    /** Is told what bears a name that is spelled nearly so, and by how many mistakes; maybe more than once. */
    @FunctionalInterface
    interface Found {
        void at(int mistakes, int number);
    }

    void find(String typed, Found found) {
        if (typed.isEmpty() || typed.length() > MAX_LENGTH || names.blocks() == 0) {
            return;
        }
        sameFirstLetter(typed, found);
        otherFirstLetter(typed).forEach(name -> names.find(name, number -> found.at(1, number)));
    }

    private void sameFirstLetter(String typed, Found found) {
        int allowed = typed.length() <= SHORT ? 1 : MAX_MISTAKES;
        Mistakes mistakes = new Mistakes(typed, allowed);
        String first = typed.substring(0, 1);
        NameCursor cursor = names.at(names.blockBefore(first));
        int valid = 0;
        while (cursor.next()) {
            if (cursor.letter(0) != typed.charAt(0)) {
                if (cursor.compareTo(first) > 0) {
                    return;
                }
                valid = 0;
                continue;
            }
            valid = Math.min(valid, cursor.shared());
            int reached = mistakes.extend(cursor, valid);
            valid = reached;
            if (reached < cursor.length()) {
                // No name that begins with these letters is near: leave out the blocks of them.
                cursor.skipBlocksOf(reached + 1);
            } else if (mistakes.of(cursor.length()) <= allowed) {
                int count = mistakes.of(cursor.length());
                IntConsumer each = number -> found.at(count, number);
                cursor.numbers(each);
            }
        }
    }

    /** The spellings that one mistake in the first letter may have come from: added, left out, another, or swapped. */
    private static List<String> otherFirstLetter(String typed) {
        List<String> spellings = new ArrayList<>();
        String rest = typed.substring(1);
        spellings.add(rest);
        if (typed.length() > 1) {
            spellings.add("" + typed.charAt(1) + typed.charAt(0) + typed.substring(2));
        }
        boolean latin = typed.charAt(0) < 'а';
        for (int i = 0; i < ALPHABETS.length(); i++) {
            char letter = ALPHABETS.charAt(i);
            if (letter < 'а' == latin && letter != typed.charAt(0)) {
                spellings.add(letter + rest);
                spellings.add(letter + typed);
            }
        }
        return spellings;
    }
}
