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
    private static final String RESOURCE = "core-places.psv";
    private static final String GAZETTEER = "core";
    private static final int COLUMNS = 9;

    private CoreTable() {}

    static List<Place> read() {
        try (InputStream in = CoreTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + RESOURCE);
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
        return new Place(
                cells[0],
                Arrays.stream(cells[1].split(";", -1))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                cells[2],
                cells[3].isEmpty() ? null : cells[3],
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]),
                Double.parseDouble(cells[6]),
                cells[7],
                Integer.parseInt(cells[8]) * 1_000,
                GAZETTEER);
    }
}
