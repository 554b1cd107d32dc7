package io.weathermesh.local.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * One client over TCP: queries with two bytes of length before them, one at a time. While a reply is due, nothing more
 * is read, so a connection never holds more than one query and one reply. Used by the server's thread alone.
 */
final class TcpConnection {
    private static final int LENGTH_BYTES = 2;

    private static final byte[] NOTHING_YET = {};

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
     * Reads what has come.
     *
     * @return whether the connection goes on
     */
    boolean read(long nowNanos) throws IOException {
        if (channel.read(in) < 0) {
            return false;
        }
        lastActiveNanos = nowNanos;
        return length() != 0 && length() <= Zone.EDNS_BYTES;
    }

    /** Takes the next whole query out of what was read; empty when there is none yet. */
    byte[] nextQuery() {
        int length = length();
        if (length < 0 || in.position() < LENGTH_BYTES + length) {
            return NOTHING_YET;
        }
        byte[] query = Arrays.copyOfRange(in.array(), LENGTH_BYTES, LENGTH_BYTES + length);
        in.flip().position(LENGTH_BYTES + length);
        in.compact();
        return query;
    }

    /** Reads nothing until the reply is there. */
    void awaitReply() {
        key.interestOps(0);
    }

    void reply(byte[] message) throws IOException {
        out = ByteBuffer.allocate(LENGTH_BYTES + message.length);
        out.putShort((short) message.length).put(message).flip();
        write();
    }

    /** Writes on. When all is written, the next query may come. */
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
            // It is gone either way.
        }
    }

    /** The length of the query that is being read, -1 before it is known. */
    private int length() {
        return in.position() < LENGTH_BYTES ? -1 : in.getShort(0) & 0xFFFF;
    }
}
