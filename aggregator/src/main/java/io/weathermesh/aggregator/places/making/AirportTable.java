package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Countries;
import io.weathermesh.aggregator.places.Country;
import io.weathermesh.aggregator.places.IndexLayout;
import io.weathermesh.aggregator.places.Names;
import io.weathermesh.aggregator.places.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The airports of OpenFlights, from the jar of a parser of weather reports. */
final class AirportTable {
    static final String GAZETTEER = "airports";

    /** Current names of countries with an old or unusual name in the table. */
    private static final Map<String, String> RENAMED = Map.of(
            "Burma", "Myanmar",
            "Swaziland", "Eswatini",
            "Macedonia", "North Macedonia",
            "Czech Republic", "Czechia",
            "Cape Verde", "Cabo Verde",
            "Cote d'Ivoire", "Ivory Coast",
            "Congo (Kinshasa)", "DR Congo",
            "Congo (Brazzaville)", "Congo Republic");

    /** An unknown town in some rows. */
    private static final String NO_TOWN = "Null";

    private static final double METERS_PER_FOOT = 0.3048;

    /** A cell in quotes, in which a backslash escapes a quote, or without quotes. */
    private static final Pattern CELL = Pattern.compile("\\G(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,]*))(?:,|$)");

    private static final int ICAO = 5;

    /** Airports that opened after the list was made, in its columns; one of them took over the code of another. */
    private static final List<String> NEWER = List.of(
            "0,Berlin Brandenburg Airport,Berlin,Germany,BER,EDDB,52.3667,13.5033,157,1,E,Europe/Berlin",
            "0,Chengdu Tianfu International Airport,Chengdu,China,TFU,ZUTF,30.3125,104.4417,1440,8,U,Asia/Shanghai",
            "0,Felipe Ángeles International Airport,Mexico City,Mexico,NLU,MMSM,19.7367,-99.0256,7369,-6,S,America/Mexico_City");

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private AirportTable() {}

    /** @param cities decide the airports' time zones */
    static List<Place> read(Collection<Place> cities) throws IOException {
        Map<String, String> countries = countries();
        CityZones zones = new CityZones(cities);
        Set<String> newer = NEWER.stream().map(line -> cells(line).get(ICAO)).collect(Collectors.toSet());
        Stream<List<String>> listed = lines("/data/airports.dat").stream()
                .map(AirportTable::cells)
                .filter(cells -> !newer.contains(cells.get(ICAO)));
        return Stream.concat(NEWER.stream().map(AirportTable::cells), listed)
                .flatMap(cells -> Stream.ofNullable(airport(cells, countries, zones)))
                .toList();
    }

    private static @Nullable Place airport(List<String> cells, Map<String, String> countries, CityZones zones) {
        String country = countries.get(cells.get(3));
        if (country == null || !Countries.isCode(country)) {
            return null;
        }
        double latitude = rounded(cells.get(6));
        double longitude = rounded(cells.get(7));
        String town = cells.get(2);
        String iata = code(cells.get(4));
        return new Place(
                Names.of(cells.get(1)),
                town.isBlank() || town.equals(NO_TOWN) || town.equals(cells.get(1)) ? List.of() : List.of(town),
                new Country(country, Names.of(RENAMED.getOrDefault(cells.get(3), cells.get(3)))),
                null,
                latitude,
                longitude,
                (double) Math.round(Double.parseDouble(cells.get(8)) * METERS_PER_FOOT),
                zones.at(latitude, longitude, country, ZONES.contains(cells.get(11)) ? cells.get(11) : null),
                null,
                // The table has no sizes, but an airport with a code for tickets has passengers.
                iata == null ? 0 : 1,
                code(cells.get(ICAO)),
                iata,
                GAZETTEER);
    }

    private static @Nullable String code(String cell) {
        return cell.matches("[A-Z0-9]{3,4}") ? cell : null;
    }

    private static double rounded(String degrees) {
        return Math.round(Double.parseDouble(degrees) * IndexLayout.UNITS_PER_DEGREE) / IndexLayout.UNITS_PER_DEGREE;
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
        // These have airports, but are not in the table of countries.
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
