package io.weathermesh.mesh;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An HTTP/2 client that writes frames as it likes (RFC 9113), for what an honest one never does. */
final class RawHttp2 implements AutoCloseable {
    /** The error code for a client that sends too much. */
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int END_HEADERS = 4;
    private static final int CANCEL = 8;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private int nextStream = 1;

    RawHttp2(InetAddress address, int port) throws IOException {
        socket = new Socket(address, port);
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** Begins a call and takes it back. */
    void callAndReset(String path) throws IOException {
        frame(HEADERS, END_HEADERS, nextStream, headers(path));
        frame(RESET, 0, nextStream, new byte[] {0, 0, 0, CANCEL});
        nextStream += 2;
    }

    void ping() throws IOException {
        frame(PING, 0, 0, new byte[Long.BYTES]);
    }

    /**
     * Sends what is buffered, and reads until the server gives the reason for closing.
     *
     * @return the error code; -1 if it hung up without a word
     */
    int readGoaway() throws IOException {
        out.flush();
        try {
            while (true) {
                int lengthAndType = in.readInt();
                in.readByte();
                in.readInt();
                byte[] payload = in.readNBytes(lengthAndType >>> 8);
                if ((lengthAndType & 0xff) == GOAWAY) {
                    return payload[7];
                }
            }
        } catch (EOFException e) {
            return -1;
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeInt(payload.length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** Literal and never indexed (RFC 7541), so that no table has to be kept. */
    private static byte[] headers(String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        List.of(
                        Map.entry(":method", "POST"),
                        Map.entry(":scheme", "http"),
                        Map.entry(":path", path),
                        Map.entry(":authority", "echo"),
                        Map.entry("content-type", "application/grpc"),
                        Map.entry("te", "trailers"))
                .forEach(header -> {
                    block.write(0);
                    text(header.getKey(), block);
                    text(header.getValue(), block);
                });
        return block.toByteArray();
    }

    private static void text(String text, ByteArrayOutputStream block) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
