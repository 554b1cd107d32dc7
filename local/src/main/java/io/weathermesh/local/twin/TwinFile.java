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
 * How other terminals find the twin that runs.
 *
 * @param pid its process
 * @param started when that process started, so that a stranger who got the same pid later is not taken for it; empty
 *     where the operating system does not tell
 * @param controlPort where it takes commands on 127.0.0.1
 * @param token what commands must bring, so that they come only from who may read the file
 * @param port where the load balancer listens
 */
public record TwinFile(long pid, String started, int controlPort, String token, int port) {
    private static final int CONNECT_MILLIS = 1_000;

    private static Path path(Path home) {
        return TwinSettings.folder(home).resolve("twin.properties");
    }

    /** The twin that runs; none if there is no file, or if its process has gone. */
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

    /** Whether it takes commands: a process that was killed can still be in the table while nobody has reaped it. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The process, if it is still the one that wrote the file. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> startOf(handle)
                .equals(started));
    }

    /**
     * Waits for the process to end. It holds its end of a connection for as long as it lives, which is noticed at once
     * and also where nobody has reaped it yet; asking the process table again and again would be neither.
     *
     * @return whether it has ended in time
     */
    public boolean awaitEnd(Duration patience, Runnable askToStop) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), CONNECT_MILLIS);
            socket.setSoTimeout((int) patience.toMillis());
            askToStop.run();
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            // Reset by its death.
            return true;
        }
    }

    static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Writes it whole or not at all, readable by its owner alone. */
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
