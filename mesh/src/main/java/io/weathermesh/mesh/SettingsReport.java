package io.weathermesh.mesh;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that a process has read, and those that are set but that it has not read, some of them misspelt.
 *
 * <p>Safe for use by many threads.
 */
final class SettingsReport {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsReport.class);

    /** The prefixes of the system's variables; the others of an environment are not ours. */
    private static final List<String> PREFIXES = List.of("MESH_", "WEATHER_");

    /** A typing mistake is a letter or two; variables for other processes of the system differ by more. */
    private static final int MAX_MISTAKES = 2;

    private record Setting(String value, boolean isDefault) {}

    private final Set<String> variables;
    private final Map<String, Setting> read = new ConcurrentSkipListMap<>();

    /** @param variables the names of all variables that are set */
    SettingsReport(Set<String> variables) {
        this.variables = variables;
    }

    void read(String name, String value, boolean isDefault) {
        read.put(name, new Setting(value, isDefault));
    }

    /** The effective settings, one a line, and the variables that were not read. */
    String page() {
        return Stream.concat(
                        read.entrySet().stream()
                                .map(setting -> setting.getKey() + "="
                                        + setting.getValue().value()
                                        + (setting.getValue().isDefault() ? " (default)" : "")),
                        unread().stream().map(name -> name + " is set, but this process does not read it" + hint(name)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Logs each variable that was not read and is nearly the name of one that was. */
    void logMisspelt() {
        unread().stream()
                .filter(name -> nearest(name).isPresent())
                .forEach(name -> LOG.warn("{} is set, but is not a setting{}", name, hint(name)));
    }

    private Set<String> unread() {
        return variables.stream()
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith) && !read.containsKey(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String hint(String name) {
        return nearest(name).map(known -> "; did you mean " + known + "?").orElse("");
    }

    private Optional<String> nearest(String name) {
        return read.keySet().stream()
                .filter(known -> distance(name, known) <= MAX_MISTAKES)
                .min(Comparator.comparingInt(known -> distance(name, known)));
    }

    /** Letters to insert, delete or replace, or neighbours to swap (optimal string alignment distance). */
    private static int distance(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
