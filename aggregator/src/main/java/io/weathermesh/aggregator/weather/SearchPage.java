package io.weathermesh.aggregator.weather;

import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A page of search results. Every task of the gateway has the same results, so any of them can serve the next page. A page
 * token is the number of results before the page and a checksum of the search, which must stay the same.
 *
 * @param start the number of results before the page
 * @param end the number of results up to the end of the page
 * @param checksum of the search
 */
record SearchPage(int start, int end, int checksum) {
    /** The work of a page grows with the number of results before it. */
    static final int MAX_LISTED = Gazetteer.MAX_LISTED;

    private static final int TOKEN_BYTES = 2 * Integer.BYTES;

    /**
     * @throws InvalidFieldException if the page token is not one of this search
     */
    static SearchPage of(SearchLocationsRequest request, int size) {
        int checksum = checksum(request);
        int start = request.getPageToken().isEmpty() ? 0 : start(request.getPageToken(), checksum);
        return new SearchPage(start, Math.min(start + size, MAX_LISTED), checksum);
    }

    /** The results on the page. */
    <T> List<T> of(List<T> all) {
        return all.subList(Math.min(start, all.size()), Math.min(end, all.size()));
    }

    /** The token of the next page, if there are this many results; empty at the end. */
    String nextToken(int known) {
        return known <= end || end == MAX_LISTED
                ? ""
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(ByteBuffer.allocate(TOKEN_BYTES)
                                .putInt(end)
                                .putInt(checksum)
                                .array());
    }

    private static int start(String token, int checksum) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() == TOKEN_BYTES) {
                int start = bytes.getInt();
                if (start > 0 && start < MAX_LISTED && bytes.getInt() == checksum) {
                    return start;
                }
            }
        } catch (IllegalArgumentException e) {
            // Not Base64, so not a token either.
        }
        throw new InvalidFieldException(
                "page_token", "does not belong to this search", "be the next_page_token of the previous page");
    }

    private static int checksum(SearchLocationsRequest request) {
        CRC32 crc = new CRC32();
        crc.update(request.toBuilder().clearPageToken().clearPageSize().build().toByteArray());
        return (int) crc.getValue();
    }
}
