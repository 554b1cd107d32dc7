package io.weathermesh.local.twin;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The file through which other terminals find the running twin.
 *
 * @param pid its process
 * @param started start time of that process, since another process may get the same pid later; empty if the operating
 *     system has none
 * @param controlPort port for commands on 127.0.0.1
 * @param token that commands must have, so that only users who may read the file can send them
 * @param port of the load balancer
 */
public record TwinFile(long pid, String started, int controlPort, String token, int port) {
    private static final int CONNECT_MILLIS = 1_000;

    private static Path path(Path home) {
        return TwinSettings.folder(home).resolve("twin.properties");
    }

    /** The running twin; empty if there is no file or its process has ended. */
    public static Optional<TwinFile> ofRunning(Path home) throws IOException {
        if (!Files.exists(path(home))) {
            return Optional.empty();
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(path(home))) {
            values.load(reader);
        }
        TwinFile file = new TwinFile(
                Long.parseLong(values.getProperty("pid", "0")),
                values.getProperty("started", ""),
                Integer.parseInt(values.getProperty("controlPort", "0")),
                values.getProperty("token", ""),
                Integer.parseInt(values.getProperty("port", "0")));
        return file.process().isPresent() && file.listens() ? Optional.of(file) : Optional.empty();
    }

    /** Whether it accepts commands: a killed process stays in the process table until it is reaped. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The process, unless another one has its pid now. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> startOf(handle)
                .equals(started));
    }

    /**
     * Waits for the end of the process, which closes its connections: that is noticed at once, even before the process is
     * reaped.
     *
     * @return whether it ended in time
     */
    public boolean awaitEnd(Duration timeout, Runnable requestStop) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), CONNECT_MILLIS);
            socket.setSoTimeout((int) timeout.toMillis());
            requestStop.run();
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            // The end of the process reset the connection.
            return true;
        }
    }

    static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Writes the file atomically, readable by its owner only. */
    void write(Path home) throws IOException {
        Properties values = new Properties();
        values.setProperty("pid", Long.toString(pid));
        values.setProperty("started", started);
        values.setProperty("controlPort", Integer.toString(controlPort));
        values.setProperty("token", token);
        values.setProperty("port", Integer.toString(port));
        Files.createDirectories(TwinSettings.folder(home));
        Path draft = Files.createTempFile(
                TwinSettings.folder(home),
                "twin",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            values.store(writer, null);
        }
        Files.move(draft, path(home), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path home) throws IOException {
        Files.deleteIfExists(path(home));
    }
}
