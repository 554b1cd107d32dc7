package io.weathermesh.local.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of a list. The token of a page is the number of items before it.
 *
 * @param nextToken absent at the end of the list
 */
record Page<T>(List<T> items, Optional<String> nextToken) {
    private static final int LAST_DIGITS = 9;

    static <T> Page<T> of(List<T> all, int size, Optional<String> token, AwsRequest request) {
        int from = Math.min(token.map(text -> offset(text, request)).orElse(0), all.size());
        int to = Math.min(from + size, all.size());
        return new Page<>(
                List.copyOf(all.subList(from, to)),
                to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    private static int offset(String token, AwsRequest request) {
        if (!token.matches("\\d{1," + LAST_DIGITS + "}")) {
            throw request.refused("The token '" + token + "' is invalid.");
        }
        return Integer.parseInt(token);
    }

    /** A response with the items and the token. */
    Map<String, Object> response(String itemsName, String tokenName) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put(itemsName, new ArrayList<>(items));
        nextToken.ifPresent(token -> response.put(tokenName, token));
        return response;
    }
}
