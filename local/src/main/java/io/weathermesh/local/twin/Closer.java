package io.weathermesh.local.twin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes resources one after another, even if closing an earlier one fails. */
final class Closer {
    private @Nullable Exception first;

    Closer() {}

    /** @param cause the failure that is the reason to close; failures to close are suppressed in it */
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

    /** @throws IOException if a resource could not be closed; the first failure is its cause */
    void throwFailure() throws IOException {
        if (first != null) {
            throw new IOException("not everything was stopped: " + first.getMessage(), first);
        }
    }
}
