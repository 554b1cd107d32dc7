package io.weathermesh.local.aws;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The members of a request. An absent member and null mean the same; a member of a wrong type is an error.
 *
 * @param invalid the error code of this API for an invalid member
 */
record AwsRequest(JsonObject members, String invalid) {
    /** @throws AwsException if there is another member: the twin must not ignore what AWS honours */
    void allowOnly(String... names) {
        Set<String> known = Set.of(names);
        for (String name : members.keySet()) {
            if (!known.contains(name) && !isEmpty(members.get(name))) {
                throw refused("The local twin does not support the parameter " + name + ".");
            }
        }
    }

    private static boolean isEmpty(JsonElement value) {
        return value.isJsonNull()
                || (value.isJsonArray() && value.getAsJsonArray().isEmpty());
    }

    Optional<String> text(String name) {
        return value(name).map(value -> text(name, value));
    }

    String requiredText(String name) {
        return text(name).filter(text -> !text.isEmpty()).orElseThrow(() -> refused(name + " is required."));
    }

    boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
                        return primitive.getAsBoolean();
                    }
                    throw wrongType(name, "true or false");
                })
                .orElse(false);
    }

    OptionalInt number(String name) {
        Optional<JsonElement> value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(value.get().getAsBigDecimal().intValueExact());
        } catch (ArithmeticException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException e) {
            throw wrongType(name, "an integer");
        }
    }

    int number(String name, int fallback, int min, int max) {
        int number = number(name).orElse(fallback);
        if (number < min || number > max) {
            throw refused(name + " is " + number + ", but must be between " + min + " and " + max + ".");
        }
        return number;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!value.isJsonArray()) {
                throw wrongType(name, "a list");
            }
            value.getAsJsonArray().forEach(item -> texts.add(text(name, item)));
        });
        return texts;
    }

    Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        value(name).ifPresent(value -> {
            if (!value.isJsonObject()) {
                throw wrongType(name, "a map");
            }
            value.getAsJsonObject().asMap().forEach((key, item) -> map.put(key, text(name, item)));
        });
        return map;
    }

    /** A list of objects. */
    List<AwsRequest> objects(String name) {
        List<AwsRequest> objects = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!value.isJsonArray()) {
                throw wrongType(name, "a list");
            }
            for (JsonElement item : value.getAsJsonArray()) {
                if (!item.isJsonObject()) {
                    throw wrongType(name, "a list of objects");
                }
                objects.add(new AwsRequest(item.getAsJsonObject(), invalid));
            }
        });
        return objects;
    }

    AwsException refused(String message) {
        return new AwsException(invalid, message);
    }

    private Optional<JsonElement> value(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.isJsonNull());
    }

    private static String text(String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw wrongType(name, "a string");
    }

    private static AwsException wrongType(String name, String expected) {
        return AwsException.serialization(name + " must be " + expected + ".");
    }
}
