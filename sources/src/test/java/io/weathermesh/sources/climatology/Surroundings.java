package io.weathermesh.sources.climatology;

import java.util.Locale;
import java.util.Set;

/** The surroundings of a place of the table, assigned by hand from a map: errors depend on them most. */
enum Surroundings {
    /** A small island, or a coast that the open ocean rules. */
    ISLAND,
    /** Within about 100 km of a sea. */
    COAST,
    /** Farther inland. */
    INTERIOR;

    private static final Set<String> ISLANDS = Set.of(
            "Reykjavik",
            "Auckland",
            "Mauritius (Plaisance)",
            "Honolulu",
            "Singapore (Changi)",
            "Naha",
            "Colombo",
            "Taipei");

    private static final Set<String> INLAND = Set.of(
            "Monterrey",
            "Mudanjiang",
            "Madison",
            "Grand Junction",
            "Yellowknife",
            "Zurich (Kloten)",
            "Johannesburg",
            "Marrakesh",
            "Paris",
            "Calgary",
            "Montreal",
            "Toronto",
            "Chicago",
            "Phoenix",
            "Prague",
            "Budapest",
            "Las Vegas",
            "Denver",
            "Fairbanks",
            "Winnipeg",
            "New Delhi",
            "Riyadh",
            "Vienna",
            "Cairo",
            "Berlin",
            "Madrid",
            "Moscow",
            "Beijing",
            "Tehran",
            "Baghdad",
            "Kabul",
            "Tashkent",
            "Novosibirsk",
            "Yakutsk",
            "Ulaanbaatar",
            "Khartoum",
            "Addis Ababa",
            "Nairobi",
            "Ouagadougou",
            "Alice Springs",
            "Mexico City",
            "Bogota",
            "Sao Paulo",
            "Brasilia",
            "Manaus",
            "Santiago",
            "Hanoi");

    static Surroundings of(Normal normal) {
        return ISLANDS.contains(normal.place()) ? ISLAND : INLAND.contains(normal.place()) ? INTERIOR : COAST;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
