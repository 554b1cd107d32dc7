package io.weathermesh.aggregator.places;

import java.util.function.IntConsumer;

/**
 * A sorted dictionary of folded names, each with the numbers of what bears it. Names stand in blocks; within a block, a name
 * repeats only what differs from the one before. A look-up halves its way to the block and reads through it. Immutable.
 *
 * <p>Layout: the count of blocks, the position of each block, the blocks, then the lists of numbers of names that more than
 * one thing bears. An entry is: letters shared with the name before, letters that follow, those letters, and the number
 * doubled, or the position of a list doubled and one added.
 */
final class NameTable {
    /** Longer blocks are smaller, and slower to read through. */
    static final int BLOCK = 16;

    static final int MAX_LETTERS = 255;

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

    /** Tells the numbers of what bears exactly this name. */
    void find(String name, IntConsumer each) {
        if (name.isEmpty() || name.length() > MAX_LETTERS || blocks == 0) {
            return;
        }
        NameCursor cursor = at(blockBefore(name));
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

    /** Tells the numbers of what bears a name that begins so; more than once, if several names do. */
    void findPrefix(String prefix, IntConsumer each) {
        if (prefix.isEmpty() || prefix.length() > MAX_LETTERS || blocks == 0) {
            return;
        }
        NameCursor cursor = at(blockBefore(prefix));
        while (cursor.next()) {
            if (cursor.startsWith(prefix)) {
                cursor.numbers(each);
            } else if (cursor.compareTo(prefix) > 0) {
                return;
            }
        }
    }

    /** Reads on from the beginning of a block, through to the end of the dictionary. */
    NameCursor at(int block) {
        return new NameCursor(this, block);
    }

    /** The last block that a name can stand in: the last one that begins at or before it. */
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

    /** Whether the first name of a block begins with these letters. */
    boolean headStartsWith(int block, char[] letters, int count) {
        Bytes.Reading head = reading(block);
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
        Bytes.Reading head = reading(block);
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

    Bytes.Reading reading(int block) {
        return bytes.readFrom(bytes.intAt(8 + 4 * block));
    }

    void numbers(int reference, IntConsumer each) {
        if ((reference & 1) == 0) {
            each.accept(reference >>> 1);
            return;
        }
        Bytes.Reading list = bytes.readFrom(lists + (reference >>> 1));
        for (int left = list.nextNumber(); left > 0; left--) {
            each.accept(list.nextNumber());
        }
    }
}
