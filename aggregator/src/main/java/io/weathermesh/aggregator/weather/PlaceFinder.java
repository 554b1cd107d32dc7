package io.weathermesh.aggregator.weather;

import com.google.type.LatLng;
import io.weathermesh.aggregator.places.Countries;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.PlaceQuery;
import io.weathermesh.aggregator.places.Resolution;
import io.weathermesh.aggregator.providers.CacheMeters;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the place out of a question, and checks every field on the way. Safe for use by many threads. */
public final class PlaceFinder {
    private static final String NUMBER = "\\s*[-+]?(\\p{Nd}[\\p{Nd}a-z.]*|nan|inf|infinity)\\s*";

    /** Numbers alone were meant as coordinates, and are not searched for as a name, although there is a Nan in Nan. */
    private static final Pattern NUMBERS = Pattern.compile(NUMBER + "(," + NUMBER + ")+", Pattern.CASE_INSENSITIVE);

    /** What begins like coordinates and is no place's name was meant as coordinates. */
    private static final Pattern BEGINS_NUMERIC = Pattern.compile(NUMBER + ",.*", Pattern.CASE_INSENSITIVE);

    private static final String DECIMAL = "([-+]?\\d{1,3}(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,3})?)";
    private static final Pattern COORDINATES = Pattern.compile("\\s*" + DECIMAL + "\\s*,\\s*" + DECIMAL + "\\s*");

    private static final double MIN_ELEVATION = -500;
    private static final double MAX_ELEVATION = 9_000;
    private static final int DEFAULT_PAGE = 10;
    private static final int MAX_PAGE = 50;
    private static final int MAX_LANGUAGE_LENGTH = 35;

    private final Gazetteer gazetteer;
    private final Function<PlaceQuery, Resolution> names;

    private PlaceFinder(Gazetteer gazetteer, Function<PlaceQuery, Resolution> names) {
        this.gazetteer = gazetteer;
        this.names = names;
    }

    /** Looks up every name anew. */
    public PlaceFinder(Gazetteer gazetteer) {
        this(gazetteer, gazetteer::find);
    }

    /** Remembers for a short while, by this clock, what nothing is called. */
    public static PlaceFinder remembering(Gazetteer gazetteer, Clock clock, CacheMeters meters) {
        return new PlaceFinder(gazetteer, new UnknownPlaces(gazetteer::find, clock, meters));
    }

    /**
     * @throws InvalidFieldException if the question cannot be answered as it stands
     * @throws PlaceNotFoundException if no place has the name
     */
    FoundPlace find(LookupWeatherRequest request) {
        boolean coordinates = request.hasLatitude() || request.hasLongitude();
        Language language = language(request.hasLanguageCode(), request.getLanguageCode());
        String country = country(request.hasCountryCode(), request.getCountryCode());
        @Nullable Double elevation = elevation(request);
        if (coordinates && request.hasLocation()) {
            throw new InvalidFieldException("location", "is given with latitude or longitude", "be given without them");
        }
        if (coordinates) {
            return new FoundPlace(at(point(request), elevation), List.of());
        }
        if (!request.hasLocation()) {
            throw new InvalidFieldException(
                    "location", "is missing", "be a name or a code, unless latitude and longitude are given");
        }
        String text = text("location", request.getLocation());
        Matcher pair = COORDINATES.matcher(text);
        if (pair.matches()) {
            return new FoundPlace(
                    at(point(Double.parseDouble(pair.group(1)), Double.parseDouble(pair.group(2))), elevation),
                    List.of());
        }
        if (NUMBERS.matcher(text).matches()) {
            throw neitherNameNorCoordinates(text);
        }
        return named(new PlaceQuery(text, country), elevation, language);
    }

    private static InvalidFieldException neitherNameNorCoordinates(String text) {
        return InvalidFieldException.ofText("location", text, "be a name, or coordinates such as 48.21,16.37");
    }

    private FoundPlace named(PlaceQuery query, @Nullable Double elevation, Language language) {
        Resolution resolution = names.apply(query);
        if (resolution instanceof Resolution.Found found) {
            Location place = Locations.of(found.place(), language);
            return new FoundPlace(
                    elevation == null
                            ? place
                            : place.toBuilder().setElevationMeters(elevation).build(),
                    found.alternatives().stream()
                            .map(other -> Locations.of(other, language))
                            .toList());
        }
        if (BEGINS_NUMERIC.matcher(query.text()).matches()) {
            throw neitherNameNorCoordinates(query.text());
        }
        List<Place> near = ((Resolution.NotFound) resolution).suggestions();
        throw new PlaceNotFoundException(
                near.stream().map(place -> place.displayName(language)).toList());
    }

    private Location at(LatLng point, @Nullable Double elevation) {
        return Locations.at(point, elevation, gazetteer.nearest(point.getLatitude(), point.getLongitude(), null, 1));
    }

    /** Places by the beginning of a name, or nearest to coordinates. */
    SearchLocationsResponse search(SearchLocationsRequest request) {
        Language language = language(request.hasLanguageCode(), request.getLanguageCode());
        String country = country(request.hasCountryCode(), request.getCountryCode());
        int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
        if (size < 1 || size > MAX_PAGE) {
            throw new InvalidFieldException("page_size", "is " + size, "be between 1 and " + MAX_PAGE);
        }
        SearchPage page = SearchPage.of(request, size);
        List<Place> found = found(request, country, page.end() + 1);
        return SearchLocationsResponse.newBuilder()
                .addAllLocations(page.of(found).stream()
                        .map(place -> Locations.of(place, language))
                        .toList())
                .setNextPageToken(page.nextToken(found.size()))
                .build();
    }

    private List<Place> found(SearchLocationsRequest request, @Nullable String country, int limit) {
        boolean coordinates = request.hasLatitude() || request.hasLongitude();
        if (coordinates == request.hasQuery()) {
            throw new InvalidFieldException(
                    "query",
                    coordinates ? "is given with latitude or longitude" : "is missing",
                    "be given, unless latitude and longitude are");
        }
        if (!coordinates) {
            return gazetteer.search(new PlaceQuery(text("query", request.getQuery()), country), limit);
        }
        LatLng point =
                point(request.hasLatitude(), request.getLatitude(), request.hasLongitude(), request.getLongitude());
        return gazetteer.nearest(point.getLatitude(), point.getLongitude(), country, limit);
    }

    private static LatLng point(LookupWeatherRequest request) {
        return point(request.hasLatitude(), request.getLatitude(), request.hasLongitude(), request.getLongitude());
    }

    private static LatLng point(boolean hasLatitude, double latitude, boolean hasLongitude, double longitude) {
        if (!hasLatitude || !hasLongitude) {
            throw new InvalidFieldException(
                    hasLatitude ? "longitude" : "latitude", "is missing", "be given where the other coordinate is");
        }
        return point(latitude, longitude);
    }

    private static LatLng point(double latitude, double longitude) {
        within("latitude", latitude, -90, 90);
        within("longitude", longitude, -180, 180);
        // -0 becomes 0, which is the same place and printed without a sign.
        return LatLng.newBuilder()
                .setLatitude(latitude + 0.0)
                .setLongitude(longitude + 0.0)
                .build();
    }

    private static @Nullable Double elevation(LookupWeatherRequest request) {
        if (!request.hasElevationMeters()) {
            return null;
        }
        within("elevation_meters", request.getElevationMeters(), MIN_ELEVATION, MAX_ELEVATION);
        return request.getElevationMeters() + 0.0;
    }

    private static String text(String field, String text) {
        boolean harmless = text.codePoints().noneMatch(PlaceFinder::isInvisible);
        boolean named = text.codePoints().anyMatch(Character::isLetterOrDigit);
        if (text.length() > PlaceQuery.MAX_LENGTH || !harmless || !named) {
            throw InvalidFieldException.ofText(
                    field,
                    text,
                    "have 1 to " + PlaceQuery.MAX_LENGTH + " visible characters, one of them a letter or a digit");
        }
        return text.strip();
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }

    private static @Nullable String country(boolean present, String code) {
        if (!present) {
            return null;
        }
        if (!Countries.isCode(code)) {
            throw InvalidFieldException.ofText("country_code", code, "be an ISO 3166-1 alpha-2 code such as AT");
        }
        return code;
    }

    private static Language language(boolean present, String code) {
        if (!present) {
            return Language.ENGLISH;
        }
        if (code.length() > MAX_LANGUAGE_LENGTH || !code.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            throw InvalidFieldException.ofText("language_code", code, "be a BCP 47 tag such as de or pt-BR");
        }
        return Language.of(code);
    }

    private static void within(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new InvalidFieldException(
                    field,
                    "is " + shown(value),
                    "be between " + Locations.number(min) + " and " + Locations.number(max));
        }
    }

    /** As a client would write it: a whole number without a fraction. */
    private static String shown(double value) {
        boolean isShortAndWhole = value == Math.rint(value) && Math.abs(value) < 1e7;
        return isShortAndWhole ? Locations.number(value) : Double.toString(value);
    }
}
