package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static io.weathermesh.mesh.ScriptedSource.fails;
import static io.weathermesh.mesh.ScriptedSource.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.mesh.Lookup.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Reads the log as the alarm does: by the words, line by line. */
@ResourceLock("io.weathermesh.mesh.discovery")
final class DiscoveryLogTest {
    private static final String HOST = "journal.test";
    private static final Logger LOGGER = Logger.getLogger("io.weathermesh.mesh.discovery");
    private static final List<TaskAddress> HELD = tasks("10.0.0.1", "10.0.0.2");

    private final List<String> lines = new ArrayList<>();
    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().startsWith(HOST)) { // others' channels of this process log here, too
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final HandMovedTime time = new HandMovedTime();
    private final DiscoveryLog journal =
            new DiscoveryLog(HOST, new DiscoveryMeters(HOST, new SimpleMeterRegistry(), time::nanos), time::nanos);

    @BeforeEach
    void listen() {
        LOGGER.addHandler(reader);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(reader);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void aFailureThatLastsIsLoggedOnceAMinute() {
        for (int second = 0; second < 300; second++) {
            journal.failed(fails(Reason.SERVFAIL), HELD);
            time.move(Duration.ofSeconds(1));
        }
        assertThat(lines).hasSize(5).allMatch(line -> line.contains(AlarmWords.HOLDS_LAST_GOOD_SET + " of 2"));
    }

    @Test
    void alternatingReasonsAreOneFailure() {
        for (int second = 0; second < 59; second++) {
            journal.failed(fails(second % 2 == 0 ? Reason.TIMEOUT : Reason.SERVFAIL), List.of());
            time.move(Duration.ofSeconds(1));
        }
        assertThat(lines).singleElement().asString().contains("TIMEOUT").contains(AlarmWords.NO_TASK_KNOWN);
    }

    @Test
    void aFailureAfterARecoveryIsLoggedAtOnce() {
        journal.failed(fails(Reason.NXDOMAIN), HELD);
        journal.answered(all(5, "10.0.0.1", "10.0.0.2"), HELD, HELD, true);
        journal.failed(fails(Reason.NXDOMAIN), HELD);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo(HOST + ": resolved again");
    }
}
