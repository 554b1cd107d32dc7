package io.weathermesh.mesh;

/** One task of a simulated fleet, and what the observed client made of it. Times are nanoseconds of the simulation. */
final class SimulatedTask {
    /** What has not happened. */
    static final long NEVER = -1;

    final TaskAddress address;
    final SimulatedFleet.Cause cause;
    final long registeredNanos;
    boolean registered = true;
    boolean alive = true;
    long goneNanos = NEVER;

    long noticedNanos = NEVER;
    boolean published;

    /** Whether the name server failed at some time between its registration and its notice. */
    boolean excused;

    SimulatedTask(TaskAddress address, SimulatedFleet.Cause cause, long registeredNanos) {
        this.address = address;
        this.cause = cause;
        this.registeredNanos = registeredNanos;
    }

    /** Whether calls sent to it are answered. */
    boolean serves() {
        return alive && published;
    }
}
