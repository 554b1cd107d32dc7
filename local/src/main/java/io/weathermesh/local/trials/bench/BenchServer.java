package io.weathermesh.local.trials.bench;

import io.weathermesh.local.fleet.TaskProcess;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A process under measurement, and the address where it serves HTTP. */
record BenchServer(TaskProcess process, InetSocketAddress address) {
    /** The processor time that it has used since its start. */
    Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("process " + process.pid() + " has ended"));
    }
}
