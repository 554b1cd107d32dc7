package io.weathermesh.aggregator.places;

import java.util.function.IntConsumer;

/**
 * A sorted dictionary of folded names, each with the numbers of its places, regions or countries. Names are in blocks, and
 * within a block a name has only the letters that differ from the name before. A look-up is a binary search for the block
 * and a scan of it. Immutable.
 *
 * <p>Layout: the number of blocks, the position of each block, the blocks, then the lists of numbers of names that have more
 * than one. An entry is: the count of letters shared with the name before, the count of letters that follow, those letters,
 * and the number doubled, or the position of a list doubled plus one.
 */
final class NameTable {
    private final Bytes bytes;
    private final int blocks;
    private final int lists;

    NameTable(Bytes bytes) {
        this.bytes = bytes;
        this.blocks = bytes.intAt(0);
        this.lists = bytes.intAt(4);
    }

    int blocks() {
        return blocks;
    }

    /** Passes on the numbers under exactly this name. */
    void find(String name, IntConsumer each) {
        if (name.isEmpty() || name.length() > IndexLayout.MAX_NAME_LENGTH || blocks == 0) {
            return;
        }
        Cursor cursor = at(blockBefore(name));
        while (cursor.next()) {
            int order = cursor.compareTo(name);
            if (order == 0) {
                cursor.numbers(each);
            }
            if (order >= 0) {
                return;
            }
        }
    }

    /** Passes on the numbers under all names with this prefix; more than once, if several names have the same. */
    void findPrefix(String prefix, IntConsumer each) {
        if (prefix.isEmpty() || prefix.length() > IndexLayout.MAX_NAME_LENGTH || blocks == 0) {
            return;
        }
        Cursor cursor = at(blockBefore(prefix));
        while (cursor.next()) {
            if (cursor.startsWith(prefix)) {
                cursor.numbers(each);
            } else if (cursor.compareTo(prefix) > 0) {
                return;
            }
        }
    }

    /** Before the first name of a block; ends with the dictionary. */
    Cursor at(int block) {
        return new Cursor(block);
    }

    /** The only block that can contain a name: the last one that starts at or before it. */
    int blockBefore(String name) {
        int low = 0;
        int high = blocks - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (compareHead(middle, name) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Whether the first name of a block starts with these letters. */
    boolean headStartsWith(int block, char[] letters, int count) {
        Bytes.Cursor head = entries(block);
        head.nextNumber();
        if (head.nextNumber() < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (head.nextNumber() != letters[i]) {
                return false;
            }
        }
        return true;
    }

    private int compareHead(int block, String name) {
        Bytes.Cursor head = entries(block);
        head.nextNumber();
        int length = head.nextNumber();
        for (int i = 0; i < Math.min(length, name.length()); i++) {
            int apart = head.nextNumber() - name.charAt(i);
            if (apart != 0) {
                return apart;
            }
        }
        return length - name.length();
    }

    private Bytes.Cursor entries(int block) {
        return bytes.cursorAt(bytes.intAt(8 + 4 * block));
    }

    private void numbers(int reference, IntConsumer each) {
        if ((reference & 1) == 0) {
            each.accept(reference >>> 1);
            return;
        }
        Bytes.Cursor list = bytes.cursorAt(lists + (reference >>> 1));
        for (int left = list.nextNumber(); left > 0; left--) {
            each.accept(list.nextNumber());
        }
    }

    /** A position in the dictionary. For one thread. */
    final class Cursor {
        private final char[] letters = new char[IndexLayout.MAX_NAME_LENGTH];
        private Bytes.Cursor in;
        private int block;
        private int entry;
        private int length;
        private int shared;
        private int reference;

        private Cursor(int block) {
            this.block = block;
            this.in = entries(block);
        }

        /** Moves to the next name, if there is one. */
        boolean next() {
            if (entry == IndexLayout.NAMES_PER_BLOCK) {
                return ++block < blocks && begin();
            }
            return read();
        }

        /** Skips the blocks of which all names have the current name's first letters. */
        void skipBlocksOf(int count) {
            int last = block;
            while (last + 1 < blocks && headStartsWith(last + 1, letters, count)) {
                last++;
            }
            if (last > block) {
                block = last;
                in = entries(block);
                entry = 0;
            }
        }

        private boolean begin() {
            in = entries(block);
            entry = 0;
            return read();
        }

        private boolean read() {
            shared = in.nextNumber();
            int more = in.nextNumber();
            if (more == 0) {
                // No two names are equal: an entry without letters ends the last block.
                return false;
            }
            length = shared + more;
            for (int i = shared; i < length; i++) {
                letters[i] = (char) in.nextNumber();
            }
            reference = in.nextNumber();
            entry++;
            return true;
        }

        /** The count of first letters that the current name shares with the name read before; 0 after a skip. */
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

        /** Passes on the numbers under the current name. */
        void numbers(IntConsumer each) {
            NameTable.this.numbers(reference, each);
        }
    }
}
