package io.weathermesh.aggregator.places;

/**
 * The optimal string alignment distance between a typed text and one name after the other. Names with the same prefix share
 * the work on it. For one thread.
 */
final class EditDistance {
    private static final int TOO_FAR = 1 << 20;

    private final String typed;
    private final int max;
    private final int[][] rows;
    private final int[] minima;

    EditDistance(String typed, int max) {
        this.typed = typed;
        this.max = max;
        this.rows = new int[typed.length() + max + 2][typed.length() + 1];
        this.minima = new int[rows.length];
        for (int i = 0; i <= typed.length(); i++) {
            rows[0][i] = i <= max ? i : TOO_FAR;
        }
    }

    /**
     * Compares a name from its first letter that differs from the name before.
     *
     * @param known the number of its first letters that are compared already
     * @return the number of letters that are compared now: fewer than all, if the next letter exceeds the maximum for certain
     */
    int extend(NameTable.Cursor name, int known) {
        for (int letter = known; letter < name.length(); letter++) {
            if (letter + 1 >= rows.length || !row(name, letter + 1)) {
                return letter;
            }
        }
        return name.length();
    }

    /** The distance of the compared name, which has this length. */
    int of(int length) {
        return Math.abs(length - typed.length()) > max ? TOO_FAR : rows[length][typed.length()];
    }

    /** Fills only the cells near the diagonal: elsewhere the lengths alone exceed the maximum. */
    private boolean row(NameTable.Cursor name, int length) {
        int[] row = rows[length];
        int[] before = rows[length - 1];
        char letter = name.letter(length - 1);
        int from = Math.max(1, length - max);
        int to = Math.min(typed.length(), length + max);
        row[from - 1] = from == 1 ? length : TOO_FAR;
        int min = row[from - 1];
        for (int i = from; i <= to; i++) {
            int cost = typed.charAt(i - 1) == letter ? 0 : 1;
            int count = Math.min(Math.min(row[i - 1], before[i]) + 1, before[i - 1] + cost);
            if (i > 1
                    && length > 1
                    && typed.charAt(i - 2) == letter
                    && typed.charAt(i - 1) == name.letter(length - 2)) {
                count = Math.min(count, rows[length - 2][i - 2] + 1);
            }
            row[i] = count;
            min = Math.min(min, count);
        }
        if (to < typed.length()) {
            row[to + 1] = TOO_FAR;
        }
        this.minima[length] = min;
        // A swap can still correct the last letter, so one edit above the maximum is not final.
        return min <= max || (length > 1 && this.minima[length - 1] < max);
    }
}
