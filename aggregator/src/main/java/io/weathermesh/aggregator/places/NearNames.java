package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds names similar to a misspelled one: up to two edits away with the same first letter, one edit with another. So the
 * work is limited to the names with one first letter and a few dozen look-ups. Immutable.
 */
final class NearNames {
    private static final int MAX_EDITS = 2;

    /** Two edits turn a shorter word into another one. */
    private static final int MIN_LENGTH_FOR_TWO = 5;

    /** Longer text is not a misspelled name, and slow to compare. */
    private static final int MAX_LENGTH = 40;

    private static final String ALPHABETS = "abcdefghijklmnopqrstuvwxyzабвгдежзиклмнопрстуфхцчшщыэюя";

    private final NameTable names;

    NearNames(NameTable names) {
        this.names = names;
    }

    /** Receives the number of a place with a similar name and its edit distance; can be called more than once for a place. */
    @FunctionalInterface
    interface Found {
        void at(int edits, int number);
    }

    void find(String typed, Found found) {
        if (typed.isEmpty() || typed.length() > MAX_LENGTH || names.blocks() == 0) {
            return;
        }
        sameFirstLetter(typed, found);
        otherFirstLetter(typed).forEach(name -> names.find(name, number -> found.at(1, number)));
    }

    private void sameFirstLetter(String typed, Found found) {
        int max = typed.length() < MIN_LENGTH_FOR_TWO ? 1 : MAX_EDITS;
        EditDistance distance = new EditDistance(typed, max);
        String first = typed.substring(0, 1);
        NameTable.Cursor cursor = names.at(names.blockBefore(first));
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
            int reached = distance.extend(cursor, valid);
            valid = reached;
            if (reached < cursor.length()) {
                // No name with this prefix is similar: skip the blocks of them.
                cursor.skipBlocksOf(reached + 1);
            } else if (distance.of(cursor.length()) <= max) {
                int count = distance.of(cursor.length());
                IntConsumer each = number -> found.at(count, number);
                cursor.numbers(each);
            }
        }
    }

    /** The spellings one edit of the first letter away: added, left out, another, or swapped. */
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
