package io.weathermesh.local.twin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes one thing after another, whatever becomes of those before it. */
final class Closer {
    private @Nullable Exception first;

    Closer() {}

    /** @param cause why things are closed: failures to close them are added to it */
    Closer(Exception cause) {
        first = cause;
    }

    void close(AutoCloseable next) {
        try {
            next.close();
        } catch (Exception e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** @throws IOException if something could not be closed: the first failure is its cause */
    void throwFailure() throws IOException {
        if (first != null) {
            throw new IOException("not everything was stopped in order: " + first.getMessage(), first);
        }
    }
}
