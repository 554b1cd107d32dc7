package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Returns what the test set, until it sets something else, and records the times of its polls. */
final class ScriptedSource implements AddressSource {
    private final HandMovedTime time;
    private final List<Duration> polls = new ArrayList<>();
    private CompletionStage<Lookup> next = new CompletableFuture<>();

    ScriptedSource(HandMovedTime time) {
        this.time = time;
    }

    @Override
    public CompletionStage<Lookup> poll() {
        polls.add(time.now());
        return next;
    }

    ScriptedSource returns(Lookup lookup) {
        next = CompletableFuture.completedFuture(lookup);
        return this;
    }

    /** The next poll does not return until the answer is completed. */
    CompletableFuture<Lookup> waits() {
        CompletableFuture<Lookup> answer = new CompletableFuture<>();
        next = answer;
        return answer;
    }

    List<Duration> polls() {
        return polls;
    }

    static Found all(int ttlSeconds, String... digits) {
        return new Found(tasks(digits), true, Duration.ofSeconds(ttlSeconds));
    }

    static Found sample(int ttlSeconds, String... digits) {
        return new Found(tasks(digits), false, Duration.ofSeconds(ttlSeconds));
    }

    static Failed fails(Reason reason) {
        return new Failed(reason, "scripted failure");
    }

    static List<TaskAddress> tasks(String... digits) {
        return Stream.of(digits).map(TaskAddress::of).toList();
    }
}
