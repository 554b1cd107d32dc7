package io.weathermesh.local.trials.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Prints a Markdown table with one row for each scenario and client. */
final class ResultTable {
    /** With as few tasks as this, the skew shows what happened to a task and not how fair the client is. */
    private static final int MAX_TASKS_WITHOUT_SKEW = 6;

    private final PrintStream out;

    ResultTable(PrintStream out) {
        this.out = out;
    }

    void head() {
        print(
                "| %-27s | %-16s | %14s | %9s | %7s | %7s | %6s | %-10s | %8s | %7s | %s |%n",
                "scenario",
                "client",
                "failed / calls",
                "worst gap",
                "noticed",
                "left",
                "opened",
                "tasks, skew",
                "attempts",
                "stalled",
                "promise");
        print("|---|---|--:|--:|--:|--:|--:|---|--:|--:|---|%n");
    }

    void row(Scenario scenario, ClientType type, ClientStatistics client) {
        String verdict = scenario.kept().test(client) ? "kept" : "BROKEN";
        print(
                "| %-27s | %-16s | %14s | %9s | %7s | %7s | %6d | %-10s | %8.2f | %7s | %s |%n",
                scenario.name(),
                type.title(),
                client.failed() + " / " + client.calls(),
                seconds(client.worstGap()),
                seconds(client.noticed()),
                seconds(client.left()),
                client.connections(),
                client.tasks() > MAX_TASKS_WITHOUT_SKEW
                        ? String.format(Locale.ROOT, "%d, %.2f", client.tasks(), client.skew())
                        : "",
                client.attempts(),
                seconds(client.stalled()),
                type == ClientType.MESH ? verdict + ": " + scenario.promise() : "");
        if (client.failed() > 0) {
            print("<!-- %s: %s, the last after %s -->%n", type.title(), client.codes(), seconds(client.lastFailure()));
        }
    }

    void logsAreIn(Path folder) {
        print("<!-- logs: %s -->%n", folder);
    }

    void skipped(Scenario scenario, String why) {
        print("| %-24s | SKIPPED: %s |%n", scenario.name(), why);
    }

    void failed(Scenario scenario, Exception failure) {
        print("| %-24s | COULD NOT BE RUN: %s |%n", scenario.name(), failure);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }

    private static String seconds(double seconds) {
        return Double.isInfinite(seconds) ? "never" : seconds == 0 ? "" : String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
