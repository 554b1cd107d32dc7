package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** The most prominent of many places, each once. All places of one call of {@code add} rank before those of the next. */
final class Ranking {
    private final PlaceTable table;
    private final int limit;
    private final BitSet taken;
    private final List<Integer> ranked = new ArrayList<>();

    Ranking(PlaceTable table, int limit) {
        this.table = table;
        this.limit = limit;
        this.taken = new BitSet();
    }

    /** Ranks more places behind the present ones, up to the limit. */
    void add(IntList places) {
        int room = limit - ranked.size();
        if (room <= 0 || places.isEmpty()) {
            return;
        }
        if (places.size() == 1) {
            addOnly(places.get(0));
            return;
        }
        PriorityQueue<Long> best = new PriorityQueue<>(Math.min(room, places.size()));
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            // The least prominent is the head, which gives way; of equal ones, the lower number stays.
            long key = ((long) table.prominence(place) << 32) | (Integer.MAX_VALUE - place);
            if (best.size() < room || key > best.element()) {
                if (!taken.get(place)) {
                    taken.set(place);
                    best.add(key);
                    if (best.size() > room) {
                        best.remove();
                    }
                }
            }
        }
        List<Integer> some = new ArrayList<>(best.size());
        while (!best.isEmpty()) {
            some.add(Integer.MAX_VALUE - (int) (best.remove() & Integer.MAX_VALUE));
        }
        Collections.reverse(some);
        ranked.addAll(some);
    }

    private void addOnly(int place) {
        if (!taken.get(place)) {
            taken.set(place);
            ranked.add(place);
        }
    }

    /** The places in order, read from the index one by one. */
    Stream<Place> places() {
        return ranked.stream().map(table::place);
    }
}
