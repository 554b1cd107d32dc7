package io.weathermesh.local.dns;

import java.time.Duration;

/**
 * A response to a query.
 *
 * @param bytes the message; empty for none
 * @param delay before it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only sent.
record Reply(byte[] bytes, Duration delay) {
    static final Reply NONE = new Reply(new byte[0], Duration.ZERO);
}
