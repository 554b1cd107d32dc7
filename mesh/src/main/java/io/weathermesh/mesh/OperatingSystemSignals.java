package io.weathermesh.mesh;

import java.lang.reflect.Proxy;

/**
 * Handlers for signals, by way of {@code sun.misc.Signal}: module {@code jdk.unsupported} exports it for want of another
 * way. It is reached by reflection because javac warns of it in a manner that cannot be switched off.
 */
final class OperatingSystemSignals {
    private OperatingSystemSignals() {}

    /** Runs the handler, on a thread of its own, each time the signal comes, instead of what the JVM does by default. */
    static void handle(String signal, Runnable handler) {
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
}
