package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.QueryParams;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Parses requests out of the query of a URL. Unknown and repeated parameters are refused by the name that was sent. */
final class Parameters {
    /** The parameters that have another name in the contract. */
    private static final Map<String, String> NAMES = Map.of(
            "elevation_meters", "elevation",
            "country_code", "countryCode",
            "language_code", "language",
            "page_size", "pageSize",
            "page_token", "pageToken");

    private static final Set<String> OF_PLACE =
            Set.of("location", "latitude", "longitude", "elevation", "countryCode", "language");
    private static final Set<String> OF_SEARCH =
            Set.of("query", "latitude", "longitude", "countryCode", "language", "pageSize", "pageToken");

    /** The numbers of JSON (RFC 8259, section 6), and beside them a plus sign and leading zeros. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    static final String NUMBER_RULE = "be a number such as 48.21";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    private final QueryParams query;

    private Parameters(QueryParams query) {
        this.query = query;
    }

    /** The name of a field of the contract in a URL. */
    static String nameOf(String field) {
        return NAMES.getOrDefault(field, field);
    }

    /** @param pathLocation the location in the path, if there is one */
    static LookupWeatherRequest place(QueryParams query, Optional<String> pathLocation) {
        Parameters parameters = new Parameters(query);
        parameters.checkNames(OF_PLACE);
        LookupWeatherRequest.Builder request = LookupWeatherRequest.newBuilder();
        parameters.text("location", request::setLocation);
        if (pathLocation.isPresent()) {
            if (request.hasLocation()) {
                throw ProblemException.invalid("location", "is given twice, in the path and in the query");
            }
            request.setLocation(pathLocation.get());
        }
        parameters.number("latitude", request::setLatitude);
        parameters.number("longitude", request::setLongitude);
        parameters.number("elevation", request::setElevationMeters);
        parameters.text("countryCode", request::setCountryCode);
        parameters.text("language", request::setLanguageCode);
        return request.build();
    }

    static SearchLocationsRequest search(QueryParams query) {
        Parameters parameters = new Parameters(query);
        parameters.checkNames(OF_SEARCH);
        SearchLocationsRequest.Builder request = SearchLocationsRequest.newBuilder();
        parameters.text("query", request::setQuery);
        parameters.number("latitude", request::setLatitude);
        parameters.number("longitude", request::setLongitude);
        parameters.text("countryCode", request::setCountryCode);
        parameters.text("language", request::setLanguageCode);
        parameters.text("pageSize", value -> {
            // In the contract 0 stands for the default; a URL leaves the parameter out.
            if (!WHOLE_NUMBER.matcher(value).matches() || Integer.parseInt(value) == 0) {
                throw InvalidFieldException.ofText("page_size", value, "be between 1 and 50");
            }
            request.setPageSize(Integer.parseInt(value));
        });
        parameters.text("pageToken", request::setPageToken);
        return request.build();
    }

    /** Refuses any parameter. */
    static void none(QueryParams query) {
        new Parameters(query).checkNames(Set.of());
    }

    private void checkNames(Set<String> known) {
        for (String name : query.names()) {
            if (!known.contains(name)) {
                throw unknown(name, name, known);
            }
            int times = query.getAll(name).size();
            if (times > 1) {
                throw ProblemException.invalid(name, "is given " + times + " times, but must be given once");
            }
        }
    }

    /**
     * The refusal of a name that does not exist. It lists those that do, or only the right one if the client has used the
     * name of the contract for that of the URL, or the other way round.
     *
     * @param path where the name stands, with the name itself
     */
    static ProblemException unknown(String path, String name, Set<String> known) {
        String quoted = InvalidFieldException.quoted(path);
        if (known.isEmpty()) {
            return ProblemException.invalid(quoted, "is unknown, and no parameter is allowed here");
        }
        for (String right : known) {
            if (sameWords(name, right) || NAMES.entrySet().stream().anyMatch(pair -> mix(pair, name, right))) {
                return ProblemException.invalid(quoted, "is unknown, but must be " + right);
            }
        }
        return ProblemException.invalid(
                quoted, "is unknown, but must be one of " + String.join(", ", new TreeSet<>(known)));
    }

    private static boolean mix(Map.Entry<String, String> pair, String name, String right) {
        return (sameWords(name, pair.getKey()) && sameWords(right, pair.getValue()))
                || (sameWords(name, pair.getValue()) && sameWords(right, pair.getKey()));
    }

    /** {@code country_code} and {@code countryCode} are. */
    private static boolean sameWords(String one, String other) {
        return words(one).equals(words(other));
    }

    private static String words(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private void text(String name, Consumer<String> setter) {
        List<String> values = query.getAll(name);
        if (!values.isEmpty()) {
            setter.accept(values.get(0));
        }
    }

    private void number(String name, Consumer<Double> setter) {
        text(name, value -> setter.accept(number(name, value)));
    }

    /**
     * @param name the parameter, or the path of the field
     * @throws ProblemException if the text is no number, or is too large for one
     */
    static double number(String name, String text) {
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw ProblemException.invalid(
                    name, "is '" + InvalidFieldException.quoted(text) + "', but must " + NUMBER_RULE);
        }
        return number;
    }
}
