package io.weathermesh.aggregator.places;

/** What orders places of one name: people where they are counted, before all places where they are not. */
final class Prominence {
    /** More than any place has of what the others are ordered by. */
    private static final int CORE = 1_000_000_000;

    private Prominence() {}

    static int ofPeople(int population) {
        return CORE + population;
    }

    /** The more Internet addresses are in a place, the more is going on there. */
    static int ofAddresses(long addresses) {
        return (int) Math.min(addresses, CORE - 1);
    }

    static boolean isCore(int prominence) {
        return prominence >= CORE;
    }
}
