package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.IndexLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes a sorted dictionary of names, as {@code NameTable} reads it. */
public final class NameTableWriter {
    private final SortedMap<String, SortedSet<Integer>> numbers = new TreeMap<>();

    /** Ignores empty and overlong names. */
    public void add(String folded, int number) {
        if (!folded.isEmpty() && folded.length() <= IndexLayout.MAX_NAME_LENGTH) {
            numbers.computeIfAbsent(folded, any -> new TreeSet<>()).add(number);
        }
    }

    public byte[] toByteArray() {
        ByteWriter blocks = new ByteWriter();
        ByteWriter lists = new ByteWriter();
        List<Integer> starts = new ArrayList<>();
        String before = "";
        int entry = 0;
        for (Map.Entry<String, SortedSet<Integer>> name : numbers.entrySet()) {
            boolean first = entry++ % IndexLayout.NAMES_PER_BLOCK == 0;
            if (first) {
                starts.add(blocks.size());
            }
            int shared = first ? 0 : shared(before, name.getKey());
            blocks.writeNumber(shared).writeNumber(name.getKey().length() - shared);
            name.getKey().substring(shared).chars().forEach(blocks::writeNumber);
            blocks.writeNumber(reference(name.getValue(), lists));
            before = name.getKey();
        }
        blocks.writeNumber(0).writeNumber(0);
        int header = 4 * (2 + starts.size());
        ByteWriter table = new ByteWriter().writeInt(starts.size()).writeInt(header + blocks.size());
        starts.forEach(start -> table.writeInt(header + start));
        return table.writeBytes(blocks.toByteArray())
                .writeBytes(lists.toByteArray())
                .toByteArray();
    }

    private static int reference(SortedSet<Integer> numbersOfName, ByteWriter lists) {
        if (numbersOfName.size() == 1) {
            return numbersOfName.first() << 1;
        }
        int position = lists.size();
        lists.writeNumber(numbersOfName.size());
        numbersOfName.forEach(lists::writeNumber);
        return (position << 1) | 1;
    }

    private static int shared(String one, String other) {
        int count = 0;
        while (count < Math.min(one.length(), other.length()) && one.charAt(count) == other.charAt(count)) {
            count++;
        }
        return count;
    }
}
