package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Keeps the most prominent of many places, each once; what comes first in one order goes before all of the next. */
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

    /** Ranks more places behind those that are there: only what there is room for is kept. */
    void add(Numbers places) {
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
            // The last first, so that the head is what gives way; of two alike, the lower number is kept.
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

    /** The places in their order, each read when it is wanted. */
    Stream<Place> places() {
        return ranked.stream().map(table::place);
    }
}
