package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.QueryParams;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads the contract's requests out of the parameters of a URL. Unknown and repeated parameters are refused by name. */
final class Parameters {
    /** What the contract calls by another name. */
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

    /** Plain decimals only: no NaN, no hexadecimal, no exponent to hide 1e309 in. */
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d{1,9}(\\.\\d{1,15})?");

    private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");

    private final QueryParams query;

    private Parameters(QueryParams query) {
        this.query = query;
    }

    /** How a field of the contract is called in a URL. */
    static String nameOf(String field) {
        return NAMES.getOrDefault(field, field);
    }

    /** The place that a query asks for; the location may stand in the path already. */
    static LookupWeatherRequest place(QueryParams query, Optional<String> pathLocation) {
        Parameters parameters = new Parameters(query);
        parameters.onlyKnown(OF_PLACE);
        LookupWeatherRequest.Builder request = LookupWeatherRequest.newBuilder();
        parameters.text("location", request::setLocation);
        if (pathLocation.isPresent()) {
            if (request.hasLocation()) {
                throw new InvalidFieldException(
                        "location", "is given twice", "be given once, in the path or in the query");
            }
            request.setLocation(pathLocation.get());
        }
        parameters.decimal("latitude", request::setLatitude);
        parameters.decimal("longitude", request::setLongitude);
        parameters.decimal("elevation", request::setElevationMeters);
        parameters.text("countryCode", request::setCountryCode);
        parameters.text("language", request::setLanguageCode);
        return request.build();
    }

    /** The search that a query asks for. */
    static SearchLocationsRequest search(QueryParams query) {
        Parameters parameters = new Parameters(query);
        parameters.onlyKnown(OF_SEARCH);
        SearchLocationsRequest.Builder request = SearchLocationsRequest.newBuilder();
        parameters.text("query", request::setQuery);
        parameters.decimal("latitude", request::setLatitude);
        parameters.decimal("longitude", request::setLongitude);
        parameters.text("countryCode", request::setCountryCode);
        parameters.text("language", request::setLanguageCode);
        parameters.text("pageSize", value -> {
            if (!WHOLE.matcher(value).matches() || Integer.parseInt(value) == 0) {
                throw InvalidFieldException.ofText("page_size", value, "be between 1 and 50");
            }
            request.setPageSize(Integer.parseInt(value));
        });
        parameters.text("pageToken", request::setPageToken);
        return request.build();
    }

    /** No parameters at all. */
    static void none(QueryParams query) {
        new Parameters(query).onlyKnown(Set.of());
    }

    private void onlyKnown(Set<String> known) {
        for (String name : query.names()) {
            if (!known.contains(name)) {
                throw InvalidFieldException.unknown(
                        name,
                        known.isEmpty() ? "not be given here" : "be one of " + String.join(", ", new TreeSet<>(known)));
            }
            if (query.getAll(name).size() > 1) {
                throw new InvalidFieldException(
                        name, "is given " + query.getAll(name).size() + " times", "be given once");
            }
        }
    }

    private void text(String name, Consumer<String> setter) {
        List<String> values = query.getAll(name);
        if (!values.isEmpty()) {
            setter.accept(values.get(0));
        }
    }

    private void decimal(String name, Consumer<Double> setter) {
        text(name, value -> {
            if (!DECIMAL.matcher(value).matches()) {
                throw InvalidFieldException.ofText(name, value, "be a number such as 48.21");
            }
            setter.accept(Double.parseDouble(value));
        });
    }
}
