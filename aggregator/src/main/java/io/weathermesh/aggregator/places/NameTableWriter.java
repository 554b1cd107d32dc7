package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects names and writes what {@link NameTable} reads. */
final class NameTableWriter {
    private final SortedMap<String, SortedSet<Integer>> numbers = new TreeMap<>();

    /** What folds to nothing, and what is too long, is left out. */
    void add(String folded, int number) {
        if (!folded.isEmpty() && folded.length() <= NameTable.MAX_LETTERS) {
            numbers.computeIfAbsent(folded, any -> new TreeSet<>()).add(number);
        }
    }

    byte[] toByteArray() {
        ByteSink blocks = new ByteSink();
        ByteSink lists = new ByteSink();
        List<Integer> starts = new ArrayList<>();
        String before = "";
        int entry = 0;
        for (Map.Entry<String, SortedSet<Integer>> name : numbers.entrySet()) {
            boolean first = entry++ % NameTable.BLOCK == 0;
            if (first) {
                starts.add(blocks.size());
            }
            int shared = first ? 0 : shared(before, name.getKey());
            blocks.number(shared).number(name.getKey().length() - shared);
            name.getKey().substring(shared).chars().forEach(blocks::number);
            blocks.number(reference(name.getValue(), lists));
            before = name.getKey();
        }
        blocks.number(0).number(0);
        int header = 4 * (2 + starts.size());
        ByteSink table = new ByteSink().anInt(starts.size()).anInt(header + blocks.size());
        starts.forEach(start -> table.anInt(header + start));
        return table.bytes(blocks.toByteArray()).bytes(lists.toByteArray()).toByteArray();
    }

    private static int reference(SortedSet<Integer> bearers, ByteSink lists) {
        if (bearers.size() == 1) {
            return bearers.first() << 1;
        }
        int position = lists.size();
        lists.number(bearers.size());
        bearers.forEach(lists::number);
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
