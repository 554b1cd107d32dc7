package io.weathermesh.aggregator.places;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The airports of OpenFlights, as a parser of weather reports carries them. Used by the build alone. */
final class AirportTable {
    static final String GAZETTEER = "airports";

    /** Countries that the table calls by an older name, or by one that nobody writes. */
    private static final Map<String, String> RENAMED = Map.of(
            "Burma", "Myanmar",
            "Swaziland", "Eswatini",
            "Macedonia", "North Macedonia",
            "Czech Republic", "Czechia",
            "Cape Verde", "Cabo Verde",
            "Cote d'Ivoire", "Ivory Coast",
            "Congo (Kinshasa)", "DR Congo",
            "Congo (Brazzaville)", "Congo Republic");

    /** What some rows have where they do not know the town. */
    private static final String NO_TOWN = "Null";

    private static final double METERS_PER_FOOT = 0.3048;

    /** A cell in quotes, with quotes in it behind backslashes, or a bare one. */
    private static final Pattern CELL = Pattern.compile("\\G(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,]*))(?:,|$)");

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private AirportTable() {}

    static List<Place> read() throws IOException {
        Map<String, String> countries = countries();
        List<Place> airports = new ArrayList<>();
        for (String line : lines("/data/airports.dat")) {
            Place airport = airport(cells(line), countries);
            if (airport != null) {
                airports.add(airport);
            }
        }
        return airports;
    }

    private static @Nullable Place airport(List<String> cells, Map<String, String> countries) {
        String country = countries.get(cells.get(3));
        if (country == null || !Countries.isCode(country)) {
            return null;
        }
        String town = cells.get(2);
        String iata = code(cells.get(4));
        return new Place(
                Names.of(cells.get(1)),
                town.isBlank() || town.equals(NO_TOWN) || town.equals(cells.get(1)) ? List.of() : List.of(town),
                new Country(country, Names.of(RENAMED.getOrDefault(cells.get(3), cells.get(3)))),
                null,
                rounded(cells.get(6)),
                rounded(cells.get(7)),
                (double) Math.round(Double.parseDouble(cells.get(8)) * METERS_PER_FOOT),
                ZONES.contains(cells.get(11)) ? cells.get(11) : null,
                null,
                // Nothing in the table says how large an airport is; one with a code of its own for tickets has
                // passengers.
                iata == null ? 0 : 1,
                code(cells.get(5)),
                iata,
                GAZETTEER);
    }

    private static @Nullable String code(String cell) {
        return cell.matches("[A-Z0-9]{3,4}") ? cell : null;
    }

    private static double rounded(String degrees) {
        return Math.round(Double.parseDouble(degrees) * PlaceTable.UNITS_PER_DEGREE) / PlaceTable.UNITS_PER_DEGREE;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = CELL.matcher(line);
        while (cell.find() && cell.start() < line.length()) {
            cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\\", ""));
        }
        return cells;
    }

    private static Map<String, String> countries() throws IOException {
        // What the table of countries leaves out has airports all the same.
        Map<String, String> codes =
                new HashMap<>(Map.of("Reunion", "RE", "Svalbard", "SJ", "Virgin Islands", "VI", "West Bank", "PS"));
        for (String line : lines("/data/countries.dat")) {
            List<String> cells = cells(line);
            codes.putIfAbsent(cells.get(0), cells.get(2));
        }
        return codes;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = AirportTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the class path has no " + resource);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }
}
