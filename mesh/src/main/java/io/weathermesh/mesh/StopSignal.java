package io.weathermesh.mesh;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The request that this process stops, gracefully or at once.
 *
 * <p>SIGTERM stops gracefully. SIGINT, and a second SIGTERM, stop at once: a person waits at a terminal. A signal handler
 * is used instead of a shutdown hook because the JVM is whole while it runs: hooks race with the one that closes the
 * log, and the lame duck would be silent.
 *
 * <p>Safe for use by many threads.
 */
final class StopSignal {
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    /** What a shell adds to the number of the signal that ended a process. */
    private static final int EXIT_BY_SIGNAL = 128;

    /** A moment in the life of a server. */
    enum Moment {
        /** It is about to listen: no client can know of the task before. */
        STARTING,
        /** Its main thread waits for the signal. */
        AWAITED
    }

    private static final StopSignal OF_PROCESS = new StopSignal();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch atOnce = new CountDownLatch(1);
    private final AtomicInteger first = new AtomicInteger();
    private volatile Moment captured = Moment.AWAITED;

    /**
     * The signals of this process. They arrive here instead of ending the JVM once a server {@link Moment#AWAITED awaits}
     * them, or, after {@link #captureFrom}, earlier. An instance made by the constructor gets none.
     */
    static StopSignal ofProcess() {
        return OF_PROCESS;
    }

    /** Lets the signals of the operating system arrive here from this moment on. */
    void captureFrom(Moment moment) {
        captured = moment;
    }

    /** A server has come to this moment. */
    void reached(Moment moment) {
        if (this == OF_PROCESS && moment == captured) {
            handle("TERM", () -> raise(SIGTERM));
            handle("INT", () -> raise(SIGINT));
        }
    }

    /**
     * Installs a handler that runs on a thread of its own. It takes {@code sun.misc.Signal}, which module {@code
     * jdk.unsupported} exports for lack of a supported way; by reflection, because javac's warning about it cannot be
     * switched off.
     */
    private static void handle(String signal, Runnable handler) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        handler.run();
                        return null;
                    });
            Object instance = signalType.getConstructor(String.class).newInstance(signal);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, instance, proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM offers no way to handle SIG" + signal, e);
        }
    }

    /** Requests a stop with a lame duck. A second call means at once. */
    void terminate() {
        raise(SIGTERM);
    }

    /** Requests a stop without a lame duck. */
    void interrupt() {
        raise(SIGINT);
    }

    private void raise(int signal) {
        boolean repeated = !first.compareAndSet(0, signal);
        if (repeated || signal == SIGINT) {
            atOnce.countDown();
        }
        stopping.countDown();
    }

    /** Returns when a stop was requested. */
    void await() throws InterruptedException {
        stopping.await();
    }

    /** Waits for a length of time, or until the stop must be at once. */
    void pause(Duration duration) throws InterruptedException {
        atOnce.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isAtOnce() {
        return atOnce.getCount() == 0;
    }

    /** The exit code of a process that the first signal ended, as a shell reports it; empty if there was none. */
    OptionalInt exitCode() {
        return first.get() == 0 ? OptionalInt.empty() : OptionalInt.of(EXIT_BY_SIGNAL + first.get());
    }
}
