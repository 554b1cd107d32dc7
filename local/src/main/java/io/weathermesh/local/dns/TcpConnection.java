package io.weathermesh.local.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A client's TCP connection: queries with a length of two bytes, one at a time. Nothing is read while a reply is pending,
 * so that a connection holds at most one query and one reply. Used by the server's thread alone.
 */
final class TcpConnection {
    private static final int LENGTH_BYTES = 2;

    private static final byte[] INCOMPLETE = {};

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(LENGTH_BYTES + Zone.EDNS_BYTES);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private long lastActiveNanos;

    TcpConnection(SocketChannel channel, SelectionKey key, long nowNanos) {
        this.channel = channel;
        this.key = key;
        this.lastActiveNanos = nowNanos;
    }

    long lastActiveNanos() {
        return lastActiveNanos;
    }

    /**
     * Reads the bytes that have arrived.
     *
     * @return false if the connection must be closed
     */
    boolean read(long nowNanos) throws IOException {
        if (channel.read(in) < 0) {
            return false;
        }
        lastActiveNanos = nowNanos;
        return length() != 0 && length() <= Zone.EDNS_BYTES;
    }

    /** Removes the next complete query from the buffer; empty if there is none yet. */
    byte[] nextQuery() {
        int length = length();
        if (length < 0 || in.position() < LENGTH_BYTES + length) {
            return INCOMPLETE;
        }
        byte[] query = Arrays.copyOfRange(in.array(), LENGTH_BYTES, LENGTH_BYTES + length);
        in.flip().position(LENGTH_BYTES + length);
        in.compact();
        return query;
    }

    /** Stops reading until {@link #reply}. */
    void awaitReply() {
        key.interestOps(0);
    }

    void reply(byte[] message) throws IOException {
        out = ByteBuffer.allocate(LENGTH_BYTES + message.length);
        out.putShort((short) message.length).put(message).flip();
        write();
    }

    /** Writes the rest of the reply; reads again when it is complete. */
    void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    boolean isReplying() {
        return out.hasRemaining();
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // Closed in any case.
        }
    }

    /** The length of the query in the buffer; -1 if it has not arrived yet. */
    private int length() {
        return in.position() < LENGTH_BYTES ? -1 : in.getShort(0) & 0xFFFF;
    }
}
