package io.weathermesh.aggregator.weather;

import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A page of a list that every task of the gateway makes alike, so that any of them can go on. A token is the number of
 * entries that have been told and a sum over the question, which must stay the same.
 *
 * @param start entries before the page
 * @param end entries up to the end of the page
 * @param question the sum over the question
 */
record SearchPage(int start, int end, int question) {
    /** How far anybody may page: the work of a page grows with what comes before it. */
    static final int MAX_LISTED = Gazetteer.MAX_LISTED;

    private static final int TOKEN_BYTES = 2 * Integer.BYTES;

    /**
     * The page that is asked for.
     *
     * @throws InvalidFieldException if the token is none of this question
     */
    static SearchPage of(SearchLocationsRequest request, int size) {
        int question = sum(request);
        int start = request.getPageToken().isEmpty() ? 0 : start(request.getPageToken(), question);
        return new SearchPage(start, Math.min(start + size, MAX_LISTED), question);
    }

    /** What of a list stands on the page. */
    <T> List<T> of(List<T> all) {
        return all.subList(Math.min(start, all.size()), Math.min(end, all.size()));
    }

    /** Where to go on, if that many entries are known; empty at the end. */
    String nextToken(int known) {
        return known <= end || end == MAX_LISTED
                ? ""
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(ByteBuffer.allocate(TOKEN_BYTES)
                                .putInt(end)
                                .putInt(question)
                                .array());
    }

    private static int start(String token, int question) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() == TOKEN_BYTES) {
                int start = bytes.getInt();
                if (start > 0 && start < MAX_LISTED && bytes.getInt() == question) {
                    return start;
                }
            }
        } catch (IllegalArgumentException e) {
            // Not even Base64: told like all else that is no token.
        }
        throw new InvalidFieldException(
                "page_token", "does not belong to this search", "be the next_page_token of the previous page");
    }

    private static int sum(SearchLocationsRequest request) {
        CRC32 sum = new CRC32();
        sum.update(request.toBuilder().clearPageToken().clearPageSize().build().toByteArray());
        return (int) sum.getValue();
    }
}
