package io.weathermesh.aggregator.places;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Measures what the gazetteer promises: load in 300 ms, 40 MB of heap, 5 us for what is there, 1 ms for what is not. Run by
 * hand, with the test class path: {@code java io.weathermesh.aggregator.places.PlacesBenchmark}.
 */
final class PlacesBenchmark {
    /** Time of the processor, since others may want it too; asking for it takes part of a microsecond. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int QUERIES = 2_000;
    private static final int ROUNDS = 20;

    private PlacesBenchmark() {}

    public static void main(String[] args) {
        long before = heap();
        long start = System.nanoTime();
        Gazetteer gazetteer = Gazetteer.load();
        System.out.printf(Locale.ROOT, "load, first in this JVM  %8.1f ms%n", (System.nanoTime() - start) / 1e6);
        System.out.printf(Locale.ROOT, "heap                     %8.1f MB%n", (heap() - before) / 1e6);

        List<String> names = names(new Random(1));
        List<String> missing = names.stream().map(PlacesBenchmark::misspelled).toList();
        NamedPlaces cities = new NamedPlaces(PlaceIndex.load("cities.index"));
        measure("numbers of an exact name", names, name -> cities.named(new PlaceQuery(name, null)));
        measure("exact name, places", names, name -> gazetteer.find(new PlaceQuery(name, null)));
        measure("name, country", names, name -> gazetteer.find(new PlaceQuery(name + ", US", null)));
        measure("misspelled, suggestions", missing, name -> gazetteer.suggestions(new PlaceQuery(name, null)));
        measure(
                "search by two letters",
                names,
                name -> gazetteer.search(new PlaceQuery(name.substring(0, 2), null), 10));
        Random random = new Random(2);
        measure(
                "nearest place",
                names,
                any -> gazetteer.nearest(180 * random.nextDouble() - 90, 360 * random.nextDouble() - 180, null, 1));
    }

    private static void measure(String what, List<String> names, Consumer<String> lookUp) {
        for (int round = 0; round < ROUNDS; round++) {
            names.forEach(lookUp);
        }
        long[] nanos = new long[names.size()];
        long all = THREADS.getCurrentThreadCpuTime();
        names.forEach(lookUp);
        double mean = (THREADS.getCurrentThreadCpuTime() - all) / 1e3 / nanos.length;
        for (int i = 0; i < nanos.length; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            lookUp.accept(names.get(i));
            nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT, "%-24s mean %8.2f us   p99 %8.2f us%n", what, mean, nanos[nanos.length * 99 / 100] / 1e3);
    }

    private static List<String> names(Random random) {
        PlaceTable table = PlaceIndex.load("cities.index").table();
        List<String> names = new ArrayList<>();
        while (names.size() < QUERIES) {
            String name = table.place(random.nextInt(table.count())).name();
            if (name.length() >= 5) {
                names.add(name);
            }
        }
        return names;
    }

    /** Two letters swapped in the middle and another one at the end. */
    private static String misspelled(String name) {
        int middle = name.length() / 2;
        return name.substring(0, middle - 1) + name.charAt(middle) + name.charAt(middle - 1)
                + name.substring(middle + 1) + "x";
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
