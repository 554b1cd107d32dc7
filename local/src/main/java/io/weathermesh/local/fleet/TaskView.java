package io.weathermesh.local.fleet;

import java.time.Instant;

/**
 * A task at one instant, for people and programs that look.
 *
 * @param task its name
 * @param port where it serves gRPC; for the name server, DNS
 * @param admin where it serves pages to operators; 0 if it does not
 */
public record TaskView(
        String service,
        String task,
        String address,
        int port,
        int admin,
        long pid,
        TaskStatus status,
        TaskHealth health,
        Instant startTime) {}
