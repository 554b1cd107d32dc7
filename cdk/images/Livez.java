import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The containers' health check: exits with 0 if this container's admin port says that it lives, else with 1.
 *
 * <p>It runs every few seconds beside the service, so it loads as little of the JDK as it can: no HTTP client, no
 * string formats, no lambda. Arguments, only used to train class caches: a port and a path.
 */
final class Livez {
    private static final int TIMEOUT_MILLIS = 3000;

    private Livez() {}

    public static void main(String[] args) throws IOException {
        String port = args.length > 0 ? args[0] : System.getenv("MESH_ADMIN_PORT");
        String path = args.length > 1 ? args[1] : "/livez";
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        socket.connect(new InetSocketAddress(loopback, port == null ? 9090 : Integer.parseInt(port)), TIMEOUT_MILLIS);
        String request = "GET ".concat(path).concat(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        byte[] status = new byte[12];
        int length = readFully(socket.getInputStream(), status);
        boolean lives = length == status.length && status[9] == '2' && status[10] == '0' && status[11] == '0';
        System.exit(lives ? 0 : 1);
    }

    private static int readFully(InputStream in, byte[] bytes) throws IOException {
        int length = 0;
        while (length < bytes.length) {
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return length;
            }
            length += read;
        }
        return length;
    }
}
