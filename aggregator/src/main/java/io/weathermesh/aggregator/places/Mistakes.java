package io.weathermesh.aggregator.places;

/**
 * Counts letters left out, added, exchanged or swapped (optimal string alignment), letter by letter, so that names that begin
 * alike share the work. For one thread.
 */
final class Mistakes {
    private static final int TOO_MANY = 1 << 20;

    private final String typed;
    private final int allowed;
    private final int[][] rows;
    private final int[] least;

    Mistakes(String typed, int allowed) {
        this.typed = typed;
        this.allowed = allowed;
        this.rows = new int[typed.length() + allowed + 2][typed.length() + 1];
        this.least = new int[rows.length];
        for (int i = 0; i <= typed.length(); i++) {
            rows[0][i] = i <= allowed ? i : TOO_MANY;
        }
    }

    /**
     * Compares a name from where it differs from the one before.
     *
     * @param known how many of its first letters have been compared
     * @return how many have now: fewer than it has, if with the next one too many mistakes are certain
     */
    int extend(NameCursor name, int known) {
        for (int letter = known; letter < name.length(); letter++) {
            if (letter + 1 >= rows.length || !row(name, letter + 1)) {
                return letter;
            }
        }
        return name.length();
    }

    /** The mistakes in a name of this length whose letters have all been compared. */
    int of(int length) {
        return Math.abs(length - typed.length()) > allowed ? TOO_MANY : rows[length][typed.length()];
    }

    /** Only cells so near to the diagonal are filled: farther off, there are too many mistakes in the lengths alone. */
    private boolean row(NameCursor name, int length) {
        int[] row = rows[length];
        int[] before = rows[length - 1];
        char letter = name.letter(length - 1);
        int from = Math.max(1, length - allowed);
        int to = Math.min(typed.length(), length + allowed);
        row[from - 1] = from == 1 ? length : TOO_MANY;
        int least = row[from - 1];
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
            least = Math.min(least, count);
        }
        if (to < typed.length()) {
            row[to + 1] = TOO_MANY;
        }
        this.least[length] = least;
        // A swap may still mend the last letter, so what is one over is not lost yet.
        return least <= allowed || (length > 1 && this.least[length - 1] < allowed);
    }
}
