package io.weathermesh.local;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How every test of this module waits: looks often, and gives up late. A limit is a guard against hanging only, on a
 * machine that is many times slower, too.
 */
public final class Patience implements BeforeAllCallback {
    private static final Duration GUARD = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(GUARD);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(POLL);
    }
}
