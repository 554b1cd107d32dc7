package io.weathermesh.aggregator.places;

import java.util.function.IntConsumer;

/** Reads through a {@link NameTable}, name by name. For one thread. */
final class NameCursor {
    private final NameTable table;
    private final char[] letters = new char[NameTable.MAX_LETTERS];
    private Bytes.Reading reading;
    private int block;
    private int entry;
    private int length;
    private int shared;
    private int reference;

    NameCursor(NameTable table, int block) {
        this.table = table;
        this.block = block;
        this.reading = table.reading(block);
    }

    /** Goes to the next name, if there is one. */
    boolean next() {
        if (entry == NameTable.BLOCK) {
            return ++block < table.blocks() && begin();
        }
        return read();
    }

    /** Leaves out the blocks that hold nothing but names that begin with the current one's first letters. */
    void skipBlocksOf(int count) {
        int last = block;
        while (last + 1 < table.blocks() && table.headStartsWith(last + 1, letters, count)) {
            last++;
        }
        if (last > block) {
            block = last;
            reading = table.reading(block);
            entry = 0;
        }
    }

    private boolean begin() {
        reading = table.reading(block);
        entry = 0;
        return read();
    }

    private boolean read() {
        shared = reading.nextNumber();
        int more = reading.nextNumber();
        if (more == 0) {
            // No two names are the same: a name that adds nothing ends the last block.
            return false;
        }
        length = shared + more;
        for (int i = shared; i < length; i++) {
            letters[i] = (char) reading.nextNumber();
        }
        reference = reading.nextNumber();
        entry++;
        return true;
    }

    /** How many of its first letters the current name has in common with the one read before; 0 after leaving some out. */
    int shared() {
        return shared;
    }

    int length() {
        return length;
    }

    char letter(int position) {
        return letters[position];
    }

    int compareTo(String name) {
        int common = Math.min(length, name.length());
        for (int i = 0; i < common; i++) {
            int apart = letters[i] - name.charAt(i);
            if (apart != 0) {
                return apart;
            }
        }
        return length - name.length();
    }

    boolean startsWith(String prefix) {
        if (length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (letters[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Tells the numbers of what bears the current name. */
    void numbers(IntConsumer each) {
        table.numbers(reference, each);
    }
}
