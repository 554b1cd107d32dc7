package io.weathermesh.mesh;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wish that this process should stop: politely, or at once.
 *
 * <p>SIGTERM is polite. SIGINT, and a second SIGTERM, want it at once: a person waits at a terminal. A signal handler
 * is used instead of a shutdown hook because the JVM is whole while it runs: hooks race with the one that closes the
 * log, and the lame duck would be silent.
 *
 * <p>Safe for use by many threads.
 */
final class StopSignal {
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final int EXIT_BY_SIGNAL = 128;

    private static final StopSignal OF_PROCESS = new StopSignal();

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch hurried = new CountDownLatch(1);
    private final AtomicInteger first = new AtomicInteger();
    private volatile boolean ours;

    /** The one that the signals of this process reach, after {@link #listen()}. */
    static StopSignal ofProcess() {
        return OF_PROCESS;
    }

    /** Says that this process exists for what listens here, so that it may listen before anybody waits. */
    void processIsOurs() {
        ours = true;
    }

    boolean isProcessOurs() {
        return ours;
    }

    /** From now on the signals of the operating system come here instead of ending the JVM. */
    void listen() {
        OperatingSystemSignals.handle("TERM", () -> raise(SIGTERM));
        OperatingSystemSignals.handle("INT", () -> raise(SIGINT));
    }

    /** Asks to stop with a lame duck. Asking twice means at once. */
    void terminate() {
        raise(SIGTERM);
    }

    /** Asks to stop without a lame duck. */
    void interrupt() {
        raise(SIGINT);
    }

    private void raise(int signal) {
        boolean repeated = !first.compareAndSet(0, signal);
        if (repeated || signal == SIGINT) {
            hurried.countDown();
        }
        asked.countDown();
    }

    /** Returns when somebody wants this process to stop. */
    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    /** Waits for a length of time; shorter when it must be at once. */
    void pause(Duration duration) throws InterruptedException {
        hurried.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isAtOnce() {
        return hurried.getCount() == 0;
    }

    /** What a shell says of a process that the first signal ended; 0 when none came. */
    int exitCode() {
        return first.get() == 0 ? MeshProcess.EXIT_OK : EXIT_BY_SIGNAL + first.get();
    }
}
