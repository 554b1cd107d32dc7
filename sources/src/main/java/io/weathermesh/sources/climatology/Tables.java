package io.weathermesh.sources.climatology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the embedded tables: tab-separated, comments begin with #, the first other line names the columns. */
final class Tables {
    private Tables() {}

    /** A line of a table, by column. */
    record Row(Map<String, String> cells) {
        String text(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw new IllegalStateException("the table has no column " + column);
            }
            return cell;
        }

        double number(String column) {
            return Double.parseDouble(text(column));
        }

        /** Columns t1 to t12, say. */
        MonthlySeries series(String prefix) {
            return MonthlySeries.of(month -> number(prefix + (month + 1)));
        }
    }

    static List<Row> read(String resource) {
        try (InputStream in = Tables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + resource);
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            String[] columns = lines.get(0).split("\t", -1);
            List<Row> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                Map<String, String> byColumn = new HashMap<>();
                for (int i = 0; i < columns.length; i++) {
                    byColumn.put(columns[i], cells[i]);
                }
                rows.add(new Row(Map.copyOf(byColumn)));
            }
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
