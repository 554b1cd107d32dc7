package io.weathermesh.mesh;

import io.weathermesh.mesh.DiscoverySimulation.Life;
import io.weathermesh.mesh.SimulatedWorld.Way;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws what a simulation found: three small charts over the number of tasks, readable on light and dark ground. */
final class SimulationChart {
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 330" role="img" font-family="system-ui, sans-serif" font-size="12">
            <title>Discovery, simulated: time to notice a task, connections opened, skew of shares, by number of tasks</title>
            <style>
            .ground { fill: #ffffff } text { fill: #1f2328 } .grid { stroke: #d8dee4 } polyline { fill: none; stroke-width: 2.5 }
            .mesh { stroke: #0969da } .naive { stroke: #bc4c00 } .stock { stroke: #8250df } .thin { stroke-width: 1.2; stroke-dasharray: 4 3 }
            @media (prefers-color-scheme: dark) {
            .ground { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d }
            .mesh { stroke: #58a6ff } .naive { stroke: #f0883e } .stock { stroke: #bc8cff } }
            </style>
            <rect class="ground" width="960" height="330"/>
            """;

    private static final double WIDTH = 230;
    private static final double HEIGHT = 190;
    private static final double TOP = 70;
    private static final double MAX_TASKS = 500;
    private static final List<Integer> TASK_LABELS = List.of(1, 8, 20, 100, 500);

    /** A chart whose axis up is logarithmic. */
    private record Panel(String title, double left, double least, double most, List<Double> labels) {
        double x(double tasks) {
            return left + WIDTH * Math.log(tasks) / Math.log(MAX_TASKS);
        }

        double y(double value) {
            double bounded = Math.min(most, Math.max(least, value));
            return TOP + HEIGHT * (1 - Math.log(bounded / least) / Math.log(most / least));
        }
    }

    private static final Panel NOTICE = new Panel(
            "new task noticed after, s (dashed: 99 %)", 60, 1, 10_000, List.of(1.0, 10.0, 100.0, 1_000.0, 10_000.0));
    private static final Panel CONNECTIONS = new Panel(
            "connections opened an hour", 380, 0.1, 10_000, List.of(0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0));
    private static final Panel SKEW =
            new Panel("skew of calls between tasks", 700, 0.001, 10, List.of(0.001, 0.01, 0.1, 1.0, 10.0));

    private final StringBuilder svg = new StringBuilder(HEAD);
    private final List<Life> lives;

    private SimulationChart(List<Life> lives) {
        this.lives = lives;
    }

    static String of(List<Life> lives) {
        SimulationChart chart = new SimulationChart(lives);
        chart.legend();
        List.of(NOTICE, CONNECTIONS, SKEW).forEach(chart::axes);
        for (Way way : List.of(Way.MESH, Way.NAIVE)) {
            chart.line(
                    NOTICE, way, "", life -> life.tally().timeToNotice().mean().toMillis() / 1000.0);
            chart.line(
                    NOTICE,
                    way,
                    " thin",
                    life -> life.tally().timeToNotice().p99().toMillis() / 1000.0);
        }
        for (Way way : Way.values()) {
            chart.line(CONNECTIONS, way, "", life -> life.anHour(life.tally().connections()));
            chart.line(SKEW, way, "", life -> life.tally().skew());
        }
        return chart.svg.append("</svg>\n").toString();
    }

    private void legend() {
        double left = 60;
        for (Way way : Way.values()) {
            String meaning =
                    switch (way) {
                        case MESH -> "this resolver";
                        case NAIVE -> "poll and replace";
                        case STOCK -> "stock dns:/// (notices by accident only)";
                    };
            add("<polyline class=\"%s\" points=\"%.0f,20 %.0f,20\"/>", name(way), left, left + 24);
            add("<text x=\"%.0f\" y=\"24\">%s</text>", left + 30, meaning);
            left += 160;
        }
        add(
                "<text x=\"930\" y=\"24\" text-anchor=\"end\">TTL 5 s, %d simulated days a point</text>",
                DiscoverySimulation.DAYS);
    }

    private void axes(Panel panel) {
        add("<text x=\"%.0f\" y=\"56\" font-weight=\"600\">%s</text>", panel.left(), panel.title());
        for (double label : panel.labels()) {
            double y = panel.y(label);
            add(
                    "<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    panel.left(), panel.left() + WIDTH, y, y);
            String text = label >= 1 ? "%.0f".formatted(label) : String.valueOf(label);
            add("<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%s</text>", panel.left() - 6, y + 4, text);
        }
        for (int tasks : TASK_LABELS) {
            add(
                    "<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%d</text>",
                    panel.x(tasks), TOP + HEIGHT + 20, tasks);
        }
        add("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">tasks</text>", panel.left() + WIDTH, TOP + HEIGHT + 40);
    }

    private void line(Panel panel, Way way, String manner, ToDoubleFunction<Life> value) {
        StringBuilder points = new StringBuilder();
        lives.stream()
                .filter(life -> life.way() == way)
                .forEach(life -> points.append(String.format(
                        Locale.ROOT, "%.1f,%.1f ", panel.x(life.tasks()), panel.y(value.applyAsDouble(life)))));
        add(
                "<polyline class=\"%s%s\" points=\"%s\"/>",
                name(way), manner, points.toString().strip());
    }

    private static String name(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
