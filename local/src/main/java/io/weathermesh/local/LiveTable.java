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
 * An event log with a table of the tasks below its last line, which is redrawn in place. For a terminal only: it moves the
 * cursor.
 *
 * <p>Safe for use by many threads.
 */
final class LiveTable implements EventLog {
    /** Leaves a few lines for events on a terminal of 24 lines. */
    static final int MAX_ROWS = 16;

    private static final String CLEAR_TO_END = "\033[J";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final EventLog lines;
    private final Clock clock;
    private List<String> table = List.of();
    private int drawn;
    private boolean closed;

    /** @param lines prints each event as a line */
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

    /** Redraws the table if these tasks change it. */
    synchronized void show(List<TaskView> tasks) {
        List<String> next = rows(tasks);
        if (!closed && !next.equals(table)) {
            erase();
            table = next;
            draw();
        }
    }

    /** Erases the table until the next {@link #show}. */
    synchronized void clear() {
        erase();
        table = List.of();
        out.flush();
    }

    /** Erases the table for good. */
    synchronized void close() {
        clear();
        closed = true;
    }

    private List<String> rows(List<TaskView> tasks) {
        List<String> rows = new ArrayList<>(List.of("", TaskTable.head()));
        shown(tasks).stream()
                .map(task -> TaskTable.line(
                        task.task(),
                        task.address(),
                        task.status().name(),
                        task.health().name(),
                        task.fault(),
                        task.port(),
                        task.pid(),
                        Duration.between(task.startTime(), clock.instant())))
                .forEach(rows::add);
        if (tasks.size() > MAX_ROWS) {
            rows.add(counts(tasks));
        }
        return rows;
    }

    /** All tasks; of too many, those that are not healthy first. */
    private static List<TaskView> shown(List<TaskView> tasks) {
        return tasks.size() <= MAX_ROWS
                ? tasks
                : tasks.stream()
                        .sorted(Comparator.comparing(LiveTable::isHealthy))
                        .limit(MAX_ROWS)
                        .toList();
    }

    private static boolean isHealthy(TaskView task) {
        return task.status() == TaskStatus.RUNNING && task.health() == TaskHealth.HEALTHY && task.fault() == null;
    }

    /** The healthy tasks of each service, if the table has not all tasks. */
    private static String counts(List<TaskView> tasks) {
        Map<String, List<TaskView>> services = tasks.stream()
                .collect(Collectors.groupingBy(TaskView::service, LinkedHashMap::new, Collectors.toList()));
        return services.entrySet().stream()
                .map(service -> service.getKey() + " "
                        + service.getValue().stream()
                                .filter(LiveTable::isHealthy)
                                .count() + "/"
                        + service.getValue().size())
                .collect(Collectors.joining(", ", "healthy: ", "; all tasks: ./weather ps"));
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
