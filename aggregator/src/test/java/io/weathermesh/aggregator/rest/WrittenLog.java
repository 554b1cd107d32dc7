package io.weathermesh.aggregator.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An access log in memory. A line is written a moment after its response was sent, so a test waits for it. */
final class WrittenLog extends ByteArrayOutputStream {
    /** The output of the access log. */
    PrintStream out() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        notifyAll();
    }

    /** All lines, when {@code count} of them have the path. */
    synchronized List<JsonObject> linesWith(int count, String path) throws InterruptedException {
        while (of(path) < count) {
            wait();
        }
        return lines();
    }

    private long of(String path) {
        return lines().stream()
                .filter(line -> line.get("path").getAsString().equals(path))
                .count();
    }

    private List<JsonObject> lines() {
        String text = toString(StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }
}
