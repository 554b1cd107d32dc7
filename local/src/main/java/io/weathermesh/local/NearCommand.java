package io.weathermesh.local;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The command that people mean by words of other tools. */
final class NearCommand {
    private static final Map<String, String> BY_MEANING = Map.ofEntries(
            Map.entry("status", "ps"),
            Map.entry("list", "ps"),
            Map.entry("ls", "ps"),
            Map.entry("tasks", "ps"),
            Map.entry("top", "ps"),
            Map.entry("start", "up"),
            Map.entry("run", "up"),
            Map.entry("log", "logs"),
            Map.entry("tail", "logs"),
            Map.entry("weather", "get"),
            Map.entry("query", "get"),
            Map.entry("fetch", "get"),
            Map.entry("update", "deploy"),
            Map.entry("redeploy", "deploy"),
            Map.entry("rollout", "deploy"),
            Map.entry("restart", "deploy"),
            Map.entry("pause", "freeze"),
            Map.entry("suspend", "freeze"),
            Map.entry("unpause", "thaw"),
            Map.entry("resume", "thaw"),
            Map.entry("unfreeze", "thaw"),
            Map.entry("delay", "slow"),
            Map.entry("benchmark", "bench"),
            Map.entry("quit", "down"),
            Map.entry("exit", "down"),
            Map.entry("shutdown", "down"));

    private NearCommand() {}

    /** Empty for a word without a meaning here. Never {@code stop} or {@code kill}: a guess must not stop a task. */
    static Optional<String> to(String word) {
        return Optional.ofNullable(BY_MEANING.get(word.toLowerCase(Locale.ROOT)));
    }
}
