package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A process that cannot be killed, as one is that waits for a disk which is gone. */
final class LiveProcessesTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Immortal process = new Immortal();
    private final LiveProcesses processes = new LiveProcesses((service, task, address) -> process, AT_ONCE);

    @Test
    void aProcessThatOutlivesSigkillIsNamed() throws IOException {
        launch();
        assertThatThrownBy(processes::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("these processes have not ended 0 s after SIGKILL: [4711]");
        assertThat(process.killed).isTrue();
    }

    @Test
    void aProcessThatHasEndedIsNotWaitedFor() throws IOException {
        launch();
        process.exit.complete(0);
        processes.close();
        assertThat(process.killed).isFalse();
    }

    @Test
    void nothingIsLaunchedAfterTheClose() {
        processes.close();
        assertThatThrownBy(this::launch).isInstanceOf(IOException.class).hasMessage("the fleet is closed");
    }

    private void launch() throws IOException {
        processes.launch(ServiceDefinition.HUMIDITY, "humidity-provider-1", ServiceDefinition.HUMIDITY.addressOf(1));
    }

    private static final class Immortal implements TaskProcess {
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private boolean killed;

        @Override
        public long pid() {
            return 4711;
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public void terminate() {}

        @Override
        public void kill() {
            killed = true;
        }

        @Override
        public void freeze() {}

        @Override
        public void slow(Duration pause) {}

        @Override
        public void thaw() {}
    }
}
