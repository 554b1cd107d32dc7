package io.weathermesh.cdk;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One line of {@code seeded-faults.txt}: a mistake in a template, and the invariant that must see it. */
record SeededFault(
        String mistake, String type, String prefix, JsonPointer path, String value, String foundBy, String stack) {
    private static final String REMOVED = "removed";
    private static final Set<String> BESIDE_PROPERTIES = Set.of("DependsOn", "DeletionPolicy", "UpdateReplacePolicy");

    static List<SeededFault> all() {
        try (InputStream file = SeededFault.class.getResourceAsStream("/seeded-faults.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SeededFault::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The template with the mistake in it. */
    Template in(Template template) {
        ObjectNode copy = template.json().deepCopy();
        String id = template.one(type, prefix).id();
        JsonNode resource = copy.path("Resources").path(id);
        JsonNode parent = BESIDE_PROPERTIES.contains(path.getMatchingProperty())
                ? resource.at(path.head())
                : resource.path("Properties").at(path.head());
        String last = path.last().getMatchingProperty();
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(last), json());
        } else if (parent instanceof ObjectNode object && value.equals(REMOVED)) {
            if (object.remove(last) == null) {
                throw new IllegalStateException(mistake + ": there is no " + path);
            }
        } else if (parent instanceof ObjectNode object) {
            object.set(last, json());
        } else {
            throw new IllegalStateException(mistake + ": there is no " + path.head());
        }
        return new Template(copy);
    }

    private JsonNode json() {
        try {
            return Template.JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(mistake + ": " + value + " is no JSON", e);
        }
    }

    private static SeededFault parse(String line) {
        String[] columns = line.split("\\s+\\|\\s+");
        String[] selector = columns[1].split(" ");
        return new SeededFault(
                columns[0],
                selector[0],
                selector[1],
                JsonPointer.compile(columns[2]),
                columns[3],
                columns[4].strip(),
                columns.length > 5 ? columns[5].strip() : Stacks.USUAL);
    }

    @Override
    public String toString() {
        return mistake;
    }
}
