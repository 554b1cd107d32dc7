package io.weathermesh.aggregator.weather;

import com.google.type.LatLng;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.cache.MeteredCache;
import io.weathermesh.aggregator.places.Countries;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.PlaceQuery;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the place of a request, and validates its fields. Safe for use by many threads. */
public final class PlaceFinder {
    private static final String NUMBER = "\\s*[-+]?(\\p{Nd}[\\p{Nd}a-z.]*|nan|inf|infinity)\\s*";

    /** Numbers alone are coordinates and never a name, although there is a Nan in Nan. */
    private static final Pattern NUMBERS = Pattern.compile(NUMBER + "(," + NUMBER + ")+", Pattern.CASE_INSENSITIVE);

    /** Text that begins like coordinates and is not the name of a place is meant as coordinates. */
    private static final Pattern BEGINS_NUMERIC = Pattern.compile(NUMBER + ",.*", Pattern.CASE_INSENSITIVE);

    private static final String DECIMAL = "([-+]?\\d{1,3}(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,3})?)";
    private static final Pattern COORDINATES = Pattern.compile("\\s*" + DECIMAL + "\\s*,\\s*" + DECIMAL + "\\s*");

    /** Two or more numbers with signs of degrees and points of the compass: coordinates in a form that is not supported. */
    private static final Pattern DEGREES =
            Pattern.compile("(?=\\D*\\d[\\d.,]*[^\\d.,]+\\d)[-+\\d.\\s,;/°º'’′\"”″NSEWnsew]+");

    /** Postal codes of digits, and those of the United Kingdom, Canada and the Netherlands. */
    private static final Pattern POSTAL_CODE = Pattern.compile("\\d{3,7}([ -]\\d{3,4})?"
            + "|\\p{Alpha}{1,2}\\d\\p{Alnum}? ?\\d\\p{Alpha}{2}"
            + "|\\p{Alpha}\\d\\p{Alpha} ?\\d\\p{Alpha}\\d"
            + "|\\d{4} ?\\p{Alpha}{2}");

    private static final double MIN_ELEVATION = -500;
    private static final double MAX_ELEVATION = 9_000;
    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 50;
    private static final int MAX_LANGUAGE_LENGTH = 35;

    /** Ten suggestions and the longest text take 4 KB: 8 MB. */
    private static final int MAX_UNKNOWN_NAMES = 2_000;

    private final Gazetteer gazetteer;
    private final @Nullable MeteredCache<PlaceQuery, List<Place>>
            unknown; // with their suggestions; null without a cache

    private PlaceFinder(Gazetteer gazetteer, @Nullable MeteredCache<PlaceQuery, List<Place>> unknown) {
        this.gazetteer = gazetteer;
        this.unknown = unknown;
    }

    public PlaceFinder(Gazetteer gazetteer) {
        this(gazetteer, null);
    }

    /**
     * Caches unknown names with their suggestions: the search for those takes a hundred times as long as the look-up of a
     * place, and clients repeat a wrong name. Entries never expire, since the gazetteer never changes.
     */
    public static PlaceFinder cached(Gazetteer gazetteer, CacheMeters meters) {
        return new PlaceFinder(gazetteer, MeteredCache.of("unknown places", MAX_UNKNOWN_NAMES, meters));
    }

    /**
     * @throws InvalidFieldException if a field of the request is invalid
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
        List<Place> similar = unknown == null ? null : unknown.get(query);
        if (similar == null) {
            List<Place> places = gazetteer.find(query);
            if (!places.isEmpty()) {
                return found(places, elevation, language);
            }
            similar = gazetteer.suggestions(query);
            if (unknown != null) {
                unknown.count(MeteredCache.Result.MISS);
                unknown.put(query, similar);
            }
        } else if (unknown != null) {
            unknown.count(MeteredCache.Result.HIT);
        }
        if (POSTAL_CODE.matcher(query.text()).matches()) {
            throw InvalidFieldException.ofText(
                    "location", query.text(), "be a name or an airport code; postal codes are not supported");
        }
        if (BEGINS_NUMERIC.matcher(query.text()).matches()
                || DEGREES.matcher(query.text()).matches()) {
            throw neitherNameNorCoordinates(query.text());
        }
        throw new PlaceNotFoundException(
                similar.stream().map(place -> place.displayName(language)).toList());
    }

    private static FoundPlace found(List<Place> places, @Nullable Double elevation, Language language) {
        Location location = Locations.of(places.get(0), language);
        return new FoundPlace(
                elevation == null
                        ? location
                        : location.toBuilder().setElevationMeters(elevation).build(),
                places.stream()
                        .skip(1)
                        .map(other -> Locations.of(other, language))
                        .toList());
    }

    private Location at(LatLng point, @Nullable Double elevation) {
        return Locations.at(point, elevation, gazetteer.nearest(point.getLatitude(), point.getLongitude(), null, 1));
    }

    /** Places by the prefix of a name, or nearest to coordinates. */
    SearchLocationsResponse search(SearchLocationsRequest request) {
        Language language = language(request.hasLanguageCode(), request.getLanguageCode());
        String country = country(request.hasCountryCode(), request.getCountryCode());
        int size = request.getPageSize() == 0 ? DEFAULT_PAGE_SIZE : request.getPageSize();
        if (size < 1 || size > MAX_PAGE_SIZE) {
            throw new InvalidFieldException("page_size", "is " + size, "be between 1 and " + MAX_PAGE_SIZE);
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
        // -0 becomes 0, which is the same place and prints without a sign.
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
