package io.weathermesh.local;

import io.weathermesh.local.fleet.EventLog;
import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskStatus;
import io.weathermesh.local.fleet.TaskView;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Changes of state as lines that scroll, and below them what runs, drawn anew in its place. For a terminal only: it moves
 * the cursor.
 *
 * <p>Safe for use by many threads.
 */
final class LiveTable implements EventLog {
    /** More would not fit under a few lines of the journal on most screens. */
    static final int MOST_ROWS = 16;

    private static final String CLEAR_TO_END = "\033[J";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final EventLog lines;
    private final Clock clock;
    private List<String> table = List.of();
    private int drawn;

    /** @param lines what prints a change of state as a line */
    LiveTable(PrintStream out, EventLog lines, Clock clock) {
        this.out = out;
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public synchronized void log(String subject, String event) {
        erase();
        lines.log(subject, event);
        draw();
    }

    /** Draws these tasks if that changes what can be seen. */
    synchronized void show(List<TaskView> tasks) {
        List<String> next = rows(tasks);
        if (!next.equals(table)) {
            erase();
            table = next;
            draw();
        }
    }

    /** Takes the table away. */
    synchronized void end() {
        erase();
        table = List.of();
        out.flush();
    }

    private List<String> rows(List<TaskView> tasks) {
        List<String> rows = new ArrayList<>(List.of("", Ps.head()));
        shown(tasks).stream()
                .map(task -> Ps.row(
                        task.task(),
                        task.address(),
                        Integer.toString(task.port()),
                        task.status().name(),
                        task.health().name(),
                        Long.toString(task.pid()),
                        Duration.between(task.startTime(), clock.instant())))
                .forEach(rows::add);
        if (tasks.size() > MOST_ROWS) {
            rows.add(counts(tasks));
        }
        return rows;
    }

    /** All, or if there are too many, those that are not well before those that are. */
    private static List<TaskView> shown(List<TaskView> tasks) {
        return tasks.size() <= MOST_ROWS
                ? tasks
                : tasks.stream()
                        .sorted(Comparator.comparing(LiveTable::isWell))
                        .limit(MOST_ROWS)
                        .toList();
    }

    private static boolean isWell(TaskView task) {
        return task.status() == TaskStatus.RUNNING && task.health() == TaskHealth.HEALTHY;
    }

    /** How many tasks of each service there are, for a fleet that is not shown whole. */
    private static String counts(List<TaskView> tasks) {
        Map<String, List<TaskView>> services = tasks.stream()
                .collect(Collectors.groupingBy(TaskView::service, LinkedHashMap::new, Collectors.toList()));
        return services.entrySet().stream()
                .map(service -> service.getKey() + " "
                        + service.getValue().stream().filter(LiveTable::isWell).count() + "/"
                        + service.getValue().size())
                .collect(Collectors.joining(", ", "healthy: ", "; all of them: ./weather ps"));
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A" + CLEAR_TO_END);
        }
        drawn = 0;
    }

    private void draw() {
        if (!table.isEmpty()) {
            out.print(NO_WRAP + String.join("\n", table) + "\n" + WRAP);
        }
        drawn = table.size();
        out.flush();
    }
}
