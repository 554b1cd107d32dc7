package io.weathermesh.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The resources that CloudFormation creates before a resource: those that it names in {@code Ref}, {@code Fn::GetAtt},
 * {@code Fn::Sub} and {@code DependsOn}, and those that these wait for in turn.
 */
final class References {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)(\\.[^}]*)?}");

    private References() {}

    /** The ids of all resources that exist when the creation of this one starts; without its own. */
    static Set<String> closure(Template template, String id) {
        JsonNode resources = template.json().path("Resources");
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(id));
        while (!open.isEmpty()) {
            for (String next : direct(resources.path(open.pop()))) {
                if (resources.has(next) && found.add(next)) {
                    open.push(next);
                }
            }
        }
        return found;
    }

    private static Set<String> direct(JsonNode resource) {
        Set<String> names = new TreeSet<>();
        addTexts(resource.path("DependsOn"), names);
        addNames(resource.path("Properties"), names);
        return names;
    }

    private static void addNames(JsonNode node, Set<String> names) {
        if (node.path("Ref").isTextual()) {
            names.add(node.path("Ref").asText());
        }
        JsonNode attribute = node.path("Fn::GetAtt");
        if (attribute.isTextual()) {
            names.add(attribute.asText().split("\\.")[0]);
        } else if (attribute.isArray()) {
            names.add(attribute.path(0).asText());
        }
        JsonNode text = node.path("Fn::Sub");
        if (!text.isMissingNode()) {
            addVariables(text.isArray() ? text.path(0).asText() : text.asText(), text.path(1), names);
        }
        node.forEach(child -> addNames(child, names));
    }

    /** A variable that the substitution defines itself is no resource. */
    private static void addVariables(String text, JsonNode defined, Set<String> names) {
        VARIABLE.matcher(text)
                .results()
                .map(variable -> variable.group(1))
                .filter(name -> !defined.has(name))
                .forEach(names::add);
    }

    private static void addTexts(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            names.add(node.asText());
        }
        node.forEach(child -> names.add(child.asText()));
    }
}
