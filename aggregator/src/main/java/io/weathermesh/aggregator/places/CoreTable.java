package io.weathermesh.aggregator.places;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The table of places that is written by hand: capitals, large cities, and the places of the climatology. */
final class CoreTable {
    static final String GAZETTEER = "core";

    private static final String RESOURCE = "core-places.psv";
    private static final int COLUMNS = 9;

    private CoreTable() {}

    static List<Place> read() {
        try (InputStream in = CoreTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + RESOURCE);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(CoreTable::place)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    private static Place place(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException(RESOURCE + " has a row of " + cells.length + " columns: " + line);
        }
        int population = Integer.parseInt(cells[8]) * 1_000;
        return new Place(
                Names.of(cells[0]),
                Arrays.stream(cells[1].split(";", -1))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                new Country(cells[2], Names.of(Countries.nameOf(cells[2]))),
                cells[3].isEmpty() ? null : new Region(Names.of(cells[3]), null),
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]),
                Double.valueOf(cells[6]),
                cells[7],
                population,
                Prominence.ofPeople(population),
                null,
                null,
                GAZETTEER);
    }
}
