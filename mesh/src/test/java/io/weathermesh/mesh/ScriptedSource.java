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

/** Says what the test told it to say, until it is told otherwise, and writes down when it was asked. */
final class ScriptedSource implements AddressSource {
    private final HandMovedTime time;
    private final List<Duration> polls = new ArrayList<>();
    private CompletionStage<Lookup> says = new CompletableFuture<>();

    ScriptedSource(HandMovedTime time) {
        this.time = time;
    }

    @Override
    public CompletionStage<Lookup> poll() {
        polls.add(time.now());
        return says;
    }

    ScriptedSource says(Lookup lookup) {
        says = CompletableFuture.completedFuture(lookup);
        return this;
    }

    /** The next poll does not return until the answer is completed. */
    CompletableFuture<Lookup> waits() {
        CompletableFuture<Lookup> answer = new CompletableFuture<>();
        says = answer;
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
        return new Failed(reason, "as the test says");
    }

    static List<TaskAddress> tasks(String... digits) {
        return Stream.of(digits).map(TaskAddress::of).toList();
    }
}
