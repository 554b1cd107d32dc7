package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Country;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Names;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.Prominence;
import io.weathermesh.aggregator.places.Region;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hand-written table of places: capitals, large cities, and the places of the climatology. */
final class CoreTable {
    static final String GAZETTEER = "core";

    private static final String PLACES = "core-places.psv";
    private static final int PLACE_COLUMNS = 9;

    /** Names that the list of cities lacks, or has for a smaller place only. */
    private static final String NAMES = "core-names.psv";

    private static final List<Language> NAME_LANGUAGES = List.of(
            Language.GERMAN,
            Language.SPANISH,
            Language.FRENCH,
            Language.JAPANESE,
            Language.PORTUGUESE,
            Language.RUSSIAN,
            Language.CHINESE);

    private CoreTable() {}

    static List<Place> read() {
        Map<String, Names> names = names();
        return rows(PLACES, PLACE_COLUMNS).map(cells -> place(cells, names)).toList();
    }

    /** By English name and country. */
    static Map<String, Names> names() {
        return rows(NAMES, 2 + NAME_LANGUAGES.size())
                .collect(Collectors.toMap(cells -> key(cells[0], cells[1]), cells -> {
                    Map<Language, String> translated = new EnumMap<>(Language.class);
                    for (int i = 0; i < NAME_LANGUAGES.size(); i++) {
                        if (!cells[i + 2].isEmpty()) {
                            translated.put(NAME_LANGUAGES.get(i), cells[i + 2]);
                        }
                    }
                    return new Names(cells[0], translated);
                }));
    }

    private static String key(String name, String countryCode) {
        return name + "|" + countryCode;
    }

    private static Stream<String[]> rows(String resource, int columns) {
        try (InputStream in = CoreTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + resource);
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            return lines.stream().map(line -> cells(resource, columns, line));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static String[] cells(String resource, int columns, String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != columns) {
            throw new IllegalStateException(
                    "a row of " + resource + " has " + cells.length + " cells, but must have " + columns + ": " + line);
        }
        return cells;
    }

    private static Place place(String[] cells, Map<String, Names> names) {
        int population = Integer.parseInt(cells[8]) * 1_000;
        return new Place(
                names.getOrDefault(key(cells[0], cells[2]), Names.of(cells[0])),
                Arrays.stream(cells[1].split(";", -1))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                new Country(cells[2], Names.of(countryName(cells[2]))),
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

    /** The JDK's English name. */
    private static String countryName(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }
}
