package io.weathermesh.aggregator.places;

/** Orders places of one name: by population, and below those by Internet addresses. */
public final class Prominence {
    /** More than the addresses of any place. */
    private static final int CORE = 1_000_000_000;

    private Prominence() {}

    public static int ofPeople(int population) {
        return CORE + population;
    }

    /** Of a place without a population: the more Internet addresses, the larger it is. */
    public static int ofAddresses(long addresses) {
        return (int) Math.min(addresses, CORE - 1);
    }

    static boolean isCore(int prominence) {
        return prominence >= CORE;
    }
}
