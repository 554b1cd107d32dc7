package io.weathermesh.local.fleet;

import java.time.Duration;

/** The fleet has not responded in time. The message says why, and what to do. */
public final class FleetBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FleetBusyException(Duration limit, Throwable cause) {
        super(
                "the fleet has not responded within " + limit.toSeconds() + " s, because this machine is too busy: stop"
                        + " other programs and retry, or stop everything with './weather down'",
                cause);
    }
}
