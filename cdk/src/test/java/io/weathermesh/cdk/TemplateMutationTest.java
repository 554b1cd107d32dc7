package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weathermesh.cdk.Template.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Removes each resource, and each single value below its properties, from the usual template, and counts how often an
 * invariant finds it: the approved template, which finds everything, is left out. The floors rise with the invariants.
 */
class TemplateMutationTest {
    /** In percent, a little below what was measured: 89 of 120 resources, 660 of 1,589 values. */
    private static final int MIN_RESOURCES_FOUND = 72;

    private static final int MIN_VALUES_FOUND = 40;

    private static final Path REPORT = Path.of("target/template-mutations.txt");

    private final ObjectNode json = Stacks.template(Stacks.USUAL).json();
    private final WeatherProps props = Stacks.USUAL_PROPS;
    private final List<String> missed = new ArrayList<>();

    /** Found and all, by resource type. */
    private final Map<String, int[]> values = new TreeMap<>();

    private final int[] resources = new int[2];

    @Test
    void invariantsFindWhatIsRemovedFromTheTemplate() throws IOException {
        for (Resource resource : Stacks.template(Stacks.USUAL).all().toList()) {
            ObjectNode parent = (ObjectNode) json.path("Resources");
            JsonNode removed = parent.path(resource.id());
            without(parent, resource.id(), () -> count(resources, resource.id()));
            int[] ofType = values.computeIfAbsent(resource.type(), type -> new int[2]);
            removeEach(removed.path("Properties"), resource.id(), ofType);
        }
        int[] all = new int[2];
        values.values().forEach(counts -> {
            all[0] += counts[0];
            all[1] += counts[1];
        });
        report(all);
        assertThat(100 * resources[0] / resources[1]).isGreaterThanOrEqualTo(MIN_RESOURCES_FOUND);
        assertThat(100 * all[0] / all[1]).isGreaterThanOrEqualTo(MIN_VALUES_FOUND);
    }

    private void removeEach(JsonNode node, String path, int[] counts) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.path(name);
                if (value.isContainerNode() && !value.isEmpty()) {
                    removeEach(value, path + "/" + name, counts);
                } else {
                    without(object, name, () -> count(counts, path + "/" + name));
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode value = list.get(i);
                if (value.isContainerNode() && !value.isEmpty()) {
                    removeEach(value, path + "/" + i, counts);
                } else {
                    list.remove(i);
                    count(counts, path + "/" + i);
                    list.insert(i, value);
                }
            }
        }
    }

    /** Afterwards all fields are there again, in the same order. */
    private static void without(ObjectNode object, String name, Runnable action) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        object.remove(name);
        action.run();
        object.removeAll();
        object.setAll(fields);
    }

    private void count(int[] counts, String path) {
        counts[1]++;
        if (isFound()) {
            counts[0]++;
        } else {
            missed.add(path);
        }
    }

    /** An invariant that cannot even read the template has found the mistake too. */
    private boolean isFound() {
        Template template = new Template(json);
        for (Invariant invariant : WeatherStackTest.INVARIANTS) {
            try {
                if (!invariant.violations().apply(template, props).isEmpty()) {
                    return true;
                }
            } catch (RuntimeException e) {
                return true;
            }
        }
        return false;
    }

    private void report(int[] all) throws IOException {
        StringBuilder text = new StringBuilder(
                "resources %d of %d%nvalues %d of %d%n%n".formatted(resources[0], resources[1], all[0], all[1]));
        values.forEach((type, counts) -> text.append("%-50s %d of %d%n".formatted(type, counts[0], counts[1])));
        text.append("%nmissed%n".formatted());
        missed.forEach(path -> text.append(path).append(System.lineSeparator()));
        Files.writeString(REPORT, text);
    }
}
