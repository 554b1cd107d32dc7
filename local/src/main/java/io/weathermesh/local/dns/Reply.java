package io.weathermesh.local.dns;

import java.time.Duration;

/**
 * What a client gets.
 *
 * @param bytes the message; empty for silence
 * @param delay how long it is held back
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only sent.
record Reply(byte[] bytes, Duration delay) {
    static final Reply SILENCE = new Reply(new byte[0], Duration.ZERO);
}
